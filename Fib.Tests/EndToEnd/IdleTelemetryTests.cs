using System.Globalization;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>What a system without requests exports.</summary>
[Trait(Category.Name, Category.System)]
public sealed class IdleTelemetryTests : IAsyncLifetime
{
    private const int Periods = 5;

    private OtlpReceiver _telemetry = null!;
    private RunningSystem _system = null!;

    public async ValueTask InitializeAsync()
    {
        _telemetry = await OtlpReceiver.StartAsync();
        _system = await RunningSystem.StartAsync(new SystemSettings { Variables = Export }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _telemetry.DisposeAsync();
    }

    [Fact]
    public async Task AnIdleSystem_ThatIsProbed_ExportsNoSpan()
    {
        // The polls: two streams of the worker and one of the api, its repair, the sign of life.
        foreach (var poll in (string[])["xreadgroup", "evalsha", "xautoclaim"])
        {
            var before = await CountCallsAsync(poll);
            await Eventually.HoldsAsync($"several polls ({poll})", async token =>
            {
                await _system.WaitHealthyAsync(token);
                return await CountCallsAsync(poll) >= before + Periods;
            });
        }

        var exported = Services.ToDictionary(service => service, _telemetry.CountExports);
        await Eventually.HoldsAsync("several exports", _ => Task.FromResult(exported.All(service => _telemetry.CountExports(service.Key) >= service.Value + Periods)));
        Assert.Empty(_telemetry.Spans);

        // And all that time it would have exported one.
        using var gateway = new HttpClient { BaseAddress = _system.Gateway.Address };
        await gateway.SubmitAsync(7);
        await Eventually.HoldsAsync("the spans of a submission", _ => Task.FromResult(
            _telemetry.Spans.Select(span => span.Service).Distinct().Intersect(["Fib.Gateway", "Fib.Api", "Fib.Worker"]).Count() == 3));
    }

    [Fact]
    public async Task AnOutage_IsAnErrorOfTheRequestsThatItFails()
    {
        using var gateway = new HttpClient { BaseAddress = _system.Gateway.Address };
        await gateway.SubmitAsync(7);
        await _system.Postgres.Process.KillAsync();
        using var answer = await gateway.PostJsonAsync("""{"index":7}""");
        await Problem.AssertAwayAsync(answer);
        foreach (var name in (string[])["Fib.Gateway POST /api/values", "Fib.Api POST /values", "Fib.Api commit submissions"])
            await Eventually.HoldsAsync($"the error of {name}", _ => Task.FromResult(_telemetry.Spans.Any(span => $"{span.Service} {span.Name}" == name && span.IsError)));
    }

    private static string[] Services { get; } = ["Fib.Api", "Fib.Worker", "Fib.Web", "Fib.Gateway"];

    private IEnumerable<KeyValuePair<string, string>> Export(string service) =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", _telemetry.Address),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("OTEL_SERVICE_NAME", service),
        new("OTEL_BSP_SCHEDULE_DELAY", "100"),
        new("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        new("Backlog__MinIdle", "500"),
    ];

    /// <summary>How often Redis was asked, from <c>cmdstat_evalsha:calls=5,usec=...</c>.</summary>
    private async Task<int> CountCallsAsync(string command)
    {
        var statistics = await _system.Redis.AskAsync(CancellationToken.None, "info", "commandstats");
        var line = statistics.Split('\n').FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
    }
}
