namespace Fib.Tests.Support;

/// <summary>A whole system without persistent data, with a small cache of large terms, that exports its telemetry to the tests.</summary>
public sealed class SystemFixture : IAsyncLifetime
{
    private int _lastIndex = 1_000;
    private int _lastLongIndex = 30_000;

    internal FibSystem System { get; private set; } = null!;

    internal OtlpReceiver Telemetry { get; private set; } = null!;

    internal HttpClient Gateway => System.Gateway;

    /// <summary>An index that no other test has submitted; its term has fewer than 1,000 digits.</summary>
    internal int NextIndex() => Interlocked.Increment(ref _lastIndex);

    /// <summary>An index that no other test has submitted; its term has more than 1,000 digits.</summary>
    internal int NextLongIndex() => Interlocked.Increment(ref _lastLongIndex);

    public async ValueTask InitializeAsync()
    {
        Telemetry = await OtlpReceiver.StartAsync();
        System = await FibSystem.StartAsync(["--Data=none"], Export);
        // Compiles the code of a submission, whose deadline a raw request of a test would exceed on a busy machine.
        await Gateway.SubmitAsync(NextIndex());
    }

    public async ValueTask DisposeAsync()
    {
        if (System is not null)
            await System.DisposeAsync();
        await Telemetry.DisposeAsync();
    }

    private Dictionary<string, string> Export(string service) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_SERVICE_NAME"] = service,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        // Room for three of the largest terms.
        ["TERM_CACHE_MIB"] = "8",
        // Entries of a consumer that died are claimed soon.
        ["Backlog__MinIdle"] = "500",
    };
}
