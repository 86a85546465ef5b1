using System.Globalization;
using System.Net;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>An outage is two lines in the log of each service that notices it, however often it tries.</summary>
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
    public async Task EveryOutage_IsALineWhenItBeginsAndALineWhenItEnds()
    {
        await AssertTwoLinesAsync(_system.Redis.Process, "Redis", [_system.Apis[0], _system.Workers[0]], async attempt =>
        {
            using var answer = await _gateway.PostJsonAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"index":{{100 + attempt}}}"""));
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

    private async Task AssertTwoLinesAsync(LocalProcess part, string name, LocalService[] services, Func<int, Task> attempt)
    {
        var before = services.Select(service => File.ReadAllText(service.Process.Log).Length).ToArray();
        await part.KillAsync();
        for (var n = 0; n < Attempts; n++)
            await attempt(n);
        foreach (var (service, length) in services.Zip(before))
        {
            await Eventually.HoldsAsync($"{service.Process.Name} notices", async _ =>
            {
                // What fails within two seconds of an outage before is no other.
                await attempt(0);
                return File.ReadAllText(service.Process.Log)[length..].Contains($"{name} is unavailable", StringComparison.Ordinal);
            });
        }

        await part.StartAsync(CancellationToken.None);
        await _system.WaitHealthyAsync(CancellationToken.None);
        // The gateway knows of a service what its requests find out.
        await _gateway.GetStringAsync("/api/values");
        foreach (var (service, length) in services.Zip(before))
        {
            await Eventually.HoldsAsync($"{service.Process.Name} notices", _ => Task.FromResult(File.ReadAllText(service.Process.Log)[length..].Contains($"{name} is available again", StringComparison.Ordinal)));
            var log = File.ReadAllText(service.Process.Log)[length..];
            Assert.True(log.Split('\n').Count(IsProblem) == 1 && log.Split("is available again").Length == 2, log);
        }
    }

    /// <summary>Each entry begins with its level, at the start of a line.</summary>
    private static bool IsProblem(string line) => line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal);
}
