using Fib.AppHost;

namespace Fib.Tests.Support;

/// <summary>
/// A whole system whose parts tests may stop: its stores keep their data, it has two workers, and the workers' maximum index is below
/// that of the api.
/// </summary>
public sealed class DurableSystemFixture : IAsyncLifetime
{
    /// <summary>Higher indexes are accepted, but their terms fail.</summary>
    internal const int WorkersMaximum = 90_000;

    /// <summary>An address without a listener: no service may depend on a collector that responds.</summary>
    private const string AbsentCollector = "http://127.0.0.1:1";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("fib-tests-");
    private int _lastIndex = 1_000;
    private int _lastLoadIndex = 10_000;

    internal FibSystem System { get; private set; } = null!;

    internal HttpClient Gateway => System.Gateway;

    /// <summary>An index that no other test has submitted; its term has fewer than 1,000 digits.</summary>
    internal int NextIndex() => Interlocked.Increment(ref _lastIndex);

    /// <summary>An unused index for load, which takes thousands; its term has more than 1,000 digits.</summary>
    internal int NextLoadIndex() => Interlocked.Increment(ref _lastLoadIndex);

    public async ValueTask InitializeAsync()
    {
        // PostgreSQL may run as another user, which needs access to the folder's children.
        if (!OperatingSystem.IsWindows())
            _data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        System = await FibSystem.StartAsync([$"--Data={_data.FullName}", "--Workers=2"], Configure, retry: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (System is not null)
            await System.DisposeAsync();
        try
        {
            _data.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // A container's user owns the files; the operating system cleans its temporary folder.
        }
    }

    private static Dictionary<string, string> Configure(string service)
    {
        var variables = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = AbsentCollector };
        if (service == ResourceNames.Worker)
            variables["MAXIMUM_INDEX"] = $"{WorkersMaximum}";
        return variables;
    }
}
