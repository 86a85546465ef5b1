using System.Collections.Concurrent;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps what resources write: the last 10,000 lines of each.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Called for every line, with the instance's name.</summary>
    internal event Action<string, LogLine>? Written;

    /// <summary>A logger into every instance's log.</summary>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger([.. InstanceNames.Of(resource).Select(Log)]);
    }

    /// <summary>A logger into one instance's log.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger([Log(resourceName)]);

    /// <summary>What a resource's instances have written and will write.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ResourceLog.WatchAsync([.. InstanceNames.Of(resource).Select(Log)]);
    }

    /// <summary>What one instance has written and will write.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => ResourceLog.WatchAsync([Log(resourceName)]);

    /// <summary>Says that a resource writes no more.</summary>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var name in InstanceNames.Of(resource))
            Complete(name);
    }

    /// <summary>Says that an instance writes no more.</summary>
    public void Complete(string name) => Log(name).Complete();

    /// <summary>Ends every watch.</summary>
    public void Dispose()
    {
        foreach (var log in _logs.Values)
            log.Complete();
        GC.SuppressFinalize(this);
    }

    internal ResourceLog Log(string name) => _logs.GetOrAdd(name, n => new ResourceLog(line => Written?.Invoke(n, line)));
}
