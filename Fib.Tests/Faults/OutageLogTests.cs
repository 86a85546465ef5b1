using System.Globalization;
using System.Net;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

/// <summary>Each service that detects an outage logs two lines, regardless of how many attempts fail.</summary>
[Trait(Category.Name, Category.System)]
public sealed class OutageLogTests : IAsyncLifetime
{
    private const int Attempts = 20;

    private RunningSystem _system = null!;
    private HttpClient _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _system = await RunningSystem.StartAsync(new SystemSettings(), CancellationToken.None);
        _gateway = new HttpClient { BaseAddress = _system.Gateway.Address };
        await _gateway.SubmitAsync(7);
        await _gateway.UntilComputedAsync(7);
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _system.DisposeAsync();
    }

    [Fact]
    public async Task EveryOutage_IsLoggedOnceAtItsStartAndOnceAtItsEnd()
    {
        await AssertTwoLinesAsync(_system.Redis.Process, "Redis", [_system.Apis[0], _system.Workers[0]], async attempt =>
        {
            var body = string.Create(CultureInfo.InvariantCulture, $$"""{"index":{{100 + attempt}}}""");
            using var answer = await _gateway.PostJsonAsync(body);
        });
        await AssertTwoLinesAsync(_system.Postgres.Process, "PostgreSQL", [_system.Apis[0]], async _ =>
        {
            using var answer = await _gateway.PostJsonAsync("""{"index":7}""");
            await Problem.AssertUnavailableAsync(answer);
        });
        var api = _system.Apis[0];
        await AssertTwoLinesAsync(api.Process, "The api", [_system.Web], async _ =>
        {
            using var answer = await _gateway.GetAsync("/terms/7");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        });
        await AssertTwoLinesAsync(api.Process, api.Address.ToString(), [_system.Gateway], async _ =>
        {
            using var answer = await _gateway.GetAsync("/api/values");
            await Problem.AssertUnavailableAsync(answer);
        });
    }

    private async Task AssertTwoLinesAsync(LocalProcess process, string name, LocalService[] services, Func<int, Task> attempt)
    {
        var before = services.Select(service => File.ReadAllText(service.Process.Log).Length).ToArray();
        await process.KillAsync();
        for (var n = 0; n < Attempts; n++)
            await attempt(n);
        foreach (var (service, length) in services.Zip(before))
        {
            await Eventually.HoldsAsync($"{service.Process.Name} logs the outage", async _ =>
            {
                // Failures within two seconds after an outage belong to that outage.
                await attempt(0);
                return File.ReadAllText(service.Process.Log)[length..].Contains($"{name} is unavailable", StringComparison.Ordinal);
            });
        }

        await process.StartAsync(CancellationToken.None);
        await _system.WaitHealthyAsync(CancellationToken.None);
        foreach (var (service, length) in services.Zip(before))
        {
            await Eventually.HoldsAsync($"{service.Process.Name} logs the recovery", async token =>
            {
                // The web and the gateway detect the recovery of the api by a request.
                using var page = await _gateway.GetAsync("/terms/7", token);
                using var results = await _gateway.GetAsync("/api/values", token);
                return File.ReadAllText(service.Process.Log)[length..].Contains($"{name} is available again", StringComparison.Ordinal);
            });
            var log = File.ReadAllText(service.Process.Log)[length..];
            Assert.True(log.Split('\n').Count(IsProblem) == 1 && log.Split("is available again").Length == 2, log);
        }
    }

    /// <summary>Each log entry starts with its level, at the start of a line.</summary>
    private static bool IsProblem(string line) =>
        ((string[])["warn:", "fail:", "crit:"]).Any(level => line.StartsWith(level, StringComparison.Ordinal));
}
