using Fib.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.ServiceDefaults.Health;

public sealed class HealthCacheTests
{
    private const int Requests = 200;

    [Theory]
    [InlineData("/health", true)]
    [InlineData("/health?n={0}", false)]
    public async Task Get_ManyHostsOrQueries_ChecksTheStoresFewTimes(string path, bool hasOwnHost)
    {
        var checks = 0;
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.Services.AddHealthChecks().AddCheck("store", () =>
        {
            Interlocked.Increment(ref checks);
            return HealthCheckResult.Healthy();
        });
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        await Task.WhenAll(Enumerable.Range(0, Requests).Select(async number =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path.Replace("{0}", $"{number}", StringComparison.Ordinal));
            if (hasOwnHost)
                request.Headers.Host = $"host-{number}.example.com";
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
        }));

        // One for each second.
        Assert.InRange(checks, 1, Requests / 4);
    }
}
