using System.Globalization;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.System.Telemetry;

/// <summary>The telemetry of a system without requests.</summary>
[Trait(Category.Name, Category.System)]
public sealed class IdleTelemetryTests : IAsyncLifetime
{
    private const int Periods = 5;

    private OtlpReceiver _telemetry = null!;
    private FibSystem _system = null!;

    public async ValueTask InitializeAsync()
    {
        _telemetry = await OtlpReceiver.StartAsync();
        _system = await FibSystem.StartAsync(["--Data=none"], Export);
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _telemetry.DisposeAsync();
    }

    [Fact]
    public async Task AnIdleSystemWithHealthProbes_ExportsNoSpanBeforeTheFirstRequest()
    {
        // The polls: two streams of the worker and one of the api, its repair, the heartbeat.
        foreach (var poll in (string[])["xreadgroup", "evalsha", "xautoclaim"])
        {
            var before = await CountCallsAsync(poll);
            await Eventually.HoldsAsync($"several polls ({poll})", async token =>
            {
                foreach (var service in Services)
                    await ProbeAsync(service, token);
                return await CountCallsAsync(poll) >= before + Periods;
            });
        }

        var exported = Services.ToDictionary(service => service, _telemetry.CountExports);
        await Eventually.HoldsAsync("several exports", _ => Task.FromResult(
            exported.All(service => _telemetry.CountExports(service.Key) >= service.Value + Periods)));
        Assert.Empty(_telemetry.Spans);

        // The exporters work: the spans of a request arrive.
        await _system.Gateway.SubmitAsync(7);
        string[] expected = [ResourceNames.Gateway, ResourceNames.Api, ResourceNames.Worker];
        await Eventually.HoldsAsync("the spans of a submission", _ => Task.FromResult(
            !expected.Except(_telemetry.Spans.Select(span => span.Service)).Any()));
        await AssertOutageIsAnErrorAsync();
    }

    /// <summary>The spans of a request that an outage makes fail have the status error.</summary>
    private async Task AssertOutageIsAnErrorAsync()
    {
        await _system.StopAsync(ResourceNames.Postgres);
        using var answer = await _system.Gateway.PostJsonAsync("""{"index":7}""");
        await Problem.AssertUnavailableAsync(answer);
        foreach (var name in (string[])["gateway POST /api/values", "api POST /values", "api commit submissions"])
            await Eventually.HoldsAsync($"the error of {name}", _ => Task.FromResult(
                _telemetry.Spans.Any(span => $"{span.Service} {span.Name}" == name && span.IsError)));
    }

    private static string[] Services { get; } = [ResourceNames.Api, ResourceNames.Worker, ResourceNames.Web, ResourceNames.Gateway];

    private Dictionary<string, string> Export(string service) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _telemetry.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_SERVICE_NAME"] = service,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["Backlog__MinIdle"] = "500",
    };

    private async Task ProbeAsync(string service, CancellationToken cancellationToken)
    {
        using var client = _system.CreateClient(service);
        foreach (var path in (string[])["/health", "/alive"])
            Assert.NotEmpty(await client.GetStringAsync(path, cancellationToken));
    }

    /// <summary>Counts the calls of a Redis command, from <c>cmdstat_evalsha:calls=5,usec=...</c>.</summary>
    private async Task<int> CountCallsAsync(string command)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await _system.GetConnectionStringAsync(ResourceNames.Redis));
        var statistics = (string)(await redis.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        var line = statistics.Split('\n').FirstOrDefault(line => line.StartsWith($"cmdstat_{command}:calls=", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split('=', ',')[1], CultureInfo.InvariantCulture);
    }
}
