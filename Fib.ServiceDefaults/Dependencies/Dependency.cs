using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Dependencies;

/// <summary>
/// The availability of a store or a service that this one calls. A change is logged once, however many attempts notice it.
/// Thread-safe.
/// </summary>
/// <param name="name">The name in the log.</param>
/// <param name="time">Orders attempts and changes.</param>
/// <param name="logger">Receives one line for each change.</param>
public sealed partial class Dependency(string name, TimeProvider time, ILogger logger)
{
    /// <summary>The most reasons that are logged in one outage.</summary>
    private const int MaxRejections = 5;

    /// <summary>After a recovery, other connections may recover later: their failures during this time are not a new outage.</summary>
    private static readonly TimeSpan RecoveryPeriod = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _rejections = [];
    private volatile bool _isUnavailable;
    private long _lostAt, _lastFailedAt;
    private long? _recoveredAt;

    /// <summary>
    /// Returns a timestamp to take before an attempt. An attempt that began before a change of state does not affect the state after it.
    /// </summary>
    /// <param name="ago">The longest time since the attempt began, if only its end is known.</param>
    /// <returns>A timestamp of the time provider.</returns>
    public long Begin(TimeSpan ago = default) => time.GetTimestamp() - (long)(ago.TotalSeconds * time.TimestampFrequency);

    /// <summary>Records that an attempt failed because of the dependency.</summary>
    /// <param name="begun">The result of <see cref="Begin"/> before the attempt.</param>
    /// <param name="reason">One line.</param>
    /// <param name="isRejection">Whether the dependency responded with a rejection, which is logged even during an outage.</param>
    public void SetUnavailable(long begun, string reason, bool isRejection = false)
    {
        lock (_lock)
        {
            if (begun < _recoveredAt || (!isRejection && IsRecovering()))
                return;
            _lastFailedAt = time.GetTimestamp();
            var isNewRejection = isRejection && _rejections.Count < MaxRejections && _rejections.Add(reason);
            if (_isUnavailable && !isNewRejection)
                return;
            (_isUnavailable, _lostAt) = (true, _isUnavailable ? _lostAt : _lastFailedAt);
            LogUnavailable(name, reason);
        }
    }

    /// <summary>Records that an attempt succeeded.</summary>
    /// <param name="begun">The result of <see cref="Begin"/> before the attempt.</param>
    /// <returns>Whether the dependency is available now; false if an attempt failed after this one began.</returns>
    public bool SetAvailable(long begun)
    {
        if (!_isUnavailable)
            return true;
        lock (_lock)
        {
            if (_isUnavailable && begun >= _lastFailedAt)
            {
                (_isUnavailable, _recoveredAt) = (false, time.GetTimestamp());
                _rejections.Clear();
                LogAvailable(name, time.GetElapsedTime(_lostAt).TotalSeconds);
            }

            return !_isUnavailable;
        }
    }

    /// <summary>
    /// Records that other work than the failed one reached the dependency. This ends an outage, except one with a rejection:
    /// the dependency may reject one operation and perform another.
    /// </summary>
    /// <param name="begun">The result of <see cref="Begin"/> before the attempt.</param>
    public void SetReached(long begun)
    {
        if (!_isUnavailable)
            return;
        lock (_lock)
        {
            if (_rejections.Count == 0)
                SetAvailable(begun);
        }
    }

    private bool IsRecovering() =>
        !_isUnavailable && _recoveredAt is { } recovered && time.GetElapsedTime(recovered) < RecoveryPeriod;

    [LoggerMessage(1, LogLevel.Warning, "{Dependency} is unavailable: {Reason}")]
    private partial void LogUnavailable(string dependency, string reason);

    [LoggerMessage(2, LogLevel.Information, "{Dependency} is available again after {Seconds:0.0} s.")]
    private partial void LogAvailable(string dependency, double seconds);
}

/// <summary>A failure that was caused by a dependency.</summary>
/// <param name="Dependency">The cause.</param>
/// <param name="Reason">One line.</param>
/// <param name="IsRejection">Whether the dependency responded, and rejected the operation because of its own state.</param>
public sealed record Outage(Dependency Dependency, string Reason, bool IsRejection = false);
