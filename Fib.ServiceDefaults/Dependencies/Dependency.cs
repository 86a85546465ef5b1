using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Dependencies;

/// <summary>
/// Whether a store or a service that this one needs answers. A change is logged once, whatever number of attempts finds it out.
/// Thread-safe.
/// </summary>
/// <param name="name">What the log calls it.</param>
/// <param name="time">Orders attempts and changes.</param>
/// <param name="logger">Gets one line for each change.</param>
public sealed partial class Dependency(string name, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private volatile bool _isUnavailable;
    private long _lostAt, _lastFailedAt;
    private long? _recoveredAt;

    /// <summary>To be called before an attempt: one that began before a change says nothing about the time after it.</summary>
    /// <param name="ago">How long ago the attempt may have begun, where it is known only by its end.</param>
    /// <returns>A timestamp of the time provider.</returns>
    public long Begin(TimeSpan ago = default) => time.GetTimestamp() - (long)(ago.TotalSeconds * time.TimestampFrequency);

    /// <summary>An attempt failed because of the dependency.</summary>
    /// <param name="begun">What <see cref="Begin"/> returned before the attempt.</param>
    /// <param name="reason">One line.</param>
    public void SetUnavailable(long begun, string reason)
    {
        lock (_lock)
        {
            if (begun < _recoveredAt)
                return;
            _lastFailedAt = time.GetTimestamp();
            if (_isUnavailable)
                return;
            (_isUnavailable, _lostAt) = (true, _lastFailedAt);
            LogUnavailable(name, reason);
        }
    }

    /// <summary>An attempt succeeded.</summary>
    /// <param name="begun">What <see cref="Begin"/> returned before the attempt.</param>
    /// <returns>Whether the dependency is available now; it is not where another attempt failed that began later.</returns>
    public bool SetAvailable(long begun)
    {
        if (!_isUnavailable)
            return true;
        lock (_lock)
        {
            if (_isUnavailable && begun >= _lastFailedAt)
            {
                (_isUnavailable, _recoveredAt) = (false, time.GetTimestamp());
                LogAvailable(name, time.GetElapsedTime(_lostAt).TotalSeconds);
            }

            return !_isUnavailable;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Dependency} is unavailable: {Reason}")]
    private partial void LogUnavailable(string dependency, string reason);

    [LoggerMessage(2, LogLevel.Information, "{Dependency} is available again after {Seconds:0.0} s.")]
    private partial void LogAvailable(string dependency, double seconds);
}
