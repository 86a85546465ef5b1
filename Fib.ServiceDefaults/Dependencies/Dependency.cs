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
    /// <summary>More reasons in one outage are not worth a line each.</summary>
    private const int MaxRefusals = 5;

    /// <summary>After a recovery, other connections to the same dependency may take a moment longer: what fails meanwhile is no new outage.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _refusals = [];
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
    /// <param name="isRefusal">Whether the dependency answered, and refused: logged also during an outage whose reason was another.</param>
    public void SetUnavailable(long begun, string reason, bool isRefusal = false)
    {
        lock (_lock)
        {
            if (begun < _recoveredAt || (!isRefusal && IsSettling()))
                return;
            _lastFailedAt = time.GetTimestamp();
            var isNewRefusal = isRefusal && _refusals.Count < MaxRefusals && _refusals.Add(reason);
            if (_isUnavailable && !isNewRefusal)
                return;
            (_isUnavailable, _lostAt) = (true, _isUnavailable ? _lostAt : _lastFailedAt);
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
                _refusals.Clear();
                LogAvailable(name, time.GetElapsedTime(_lostAt).TotalSeconds);
            }

            return !_isUnavailable;
        }
    }

    /// <summary>Other work than that which failed has reached the dependency. This ends an outage, unless the dependency refused something: it may refuse one and do the other.</summary>
    /// <param name="begun">What <see cref="Begin"/> returned before the attempt.</param>
    public void SetReached(long begun)
    {
        if (!_isUnavailable)
            return;
        lock (_lock)
        {
            if (_refusals.Count == 0)
                SetAvailable(begun);
        }
    }

    private bool IsSettling() => !_isUnavailable && _recoveredAt is { } recovered && time.GetElapsedTime(recovered) < Settling;

    [LoggerMessage(1, LogLevel.Warning, "{Dependency} is unavailable: {Reason}")]
    private partial void LogUnavailable(string dependency, string reason);

    [LoggerMessage(2, LogLevel.Information, "{Dependency} is available again after {Seconds:0.0} s.")]
    private partial void LogAvailable(string dependency, double seconds);
}
