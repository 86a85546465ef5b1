using Fib.AppHost;

namespace Fib.Tests.Support;

/// <summary>One whole system that may be torn at: its stores keep their data, two workers share the work, and the workers compute less than the api accepts.</summary>
public sealed class DurableSystemFixture : IAsyncLifetime
{
    /// <summary>Higher indexes are accepted, but their terms fail.</summary>
    internal const int WorkersMaximum = 90_000;

    /// <summary>Nothing listens there. No service may depend on a collector that answers, as those of a run whose dashboard is gone.</summary>
    private const string AbsentCollector = "http://127.0.0.1:1";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("fib-tests-");
    private int _lastIndex = 1_000;
    private int _lastLoadIndex = 10_000;

    internal FibSystem System { get; private set; } = null!;

    internal HttpClient Gateway => System.Gateway;

    /// <summary>An index that no other test has submitted; its term has fewer than 1,000 digits.</summary>
    internal int NextIndex() => Interlocked.Increment(ref _lastIndex);

    /// <summary>The same for a load, which takes thousands; its term has more than 1,000 digits.</summary>
    internal int NextLoadIndex() => Interlocked.Increment(ref _lastLoadIndex);

    public async ValueTask InitializeAsync()
    {
        // PostgreSQL may run as another user, who must come through.
        if (!OperatingSystem.IsWindows())
            _data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        System = await FibSystem.StartAsync([$"--Data={_data.FullName}", "--Workers=2"], Configure);
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
            // A container's user owns the files; the folder of temporary files is emptied one day.
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
