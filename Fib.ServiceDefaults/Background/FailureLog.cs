using System.Data.Common;
using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Background;

/// <summary>
/// Logs when work begins to fail, when it fails for another cause, and when it succeeds again. A failure caused by a
/// <see cref="Dependency"/> is logged by that dependency, once for all work that uses it. Thread-safe.
/// </summary>
/// <param name="work">The name of the work in the log.</param>
/// <param name="findOutage">Finds the dependency that caused a failure; null for a fault of the work itself.</param>
/// <param name="logger">Receives faults of the work itself.</param>
/// <param name="uses">
/// The dependency that every attempt uses: each success shows that it is available, even if other work reported the outage.
/// Null if some attempts do not use it.
/// </param>
public sealed partial class FailureLog(string work, Func<Exception, Outage?> findOutage, ILogger logger, Dependency? uses = null)
{
    private string? _cause;
    private Dependency? _lost;

    /// <summary>Records that an attempt failed.</summary>
    /// <param name="begun">A timestamp from before the attempt.</param>
    /// <param name="exception">The failure.</param>
    public void SetFailed(long begun, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (findOutage(exception) is { } outage)
            SetFailed(begun, outage);
        else if (CauseOf(exception) is var cause && Interlocked.Exchange(ref _cause, cause) != cause)
            LogFailed(exception, work);
    }

    /// <summary>Records that an attempt failed, or was not made, because of a dependency.</summary>
    /// <param name="begun">A timestamp from before the attempt.</param>
    /// <param name="outage">The dependency and the reason.</param>
    public void SetFailed(long begun, Outage outage)
    {
        ArgumentNullException.ThrowIfNull(outage);
        outage.Dependency.SetUnavailable(begun, outage.Reason, outage.IsRejection);
        Volatile.Write(ref _lost, outage.Dependency);
    }

    /// <summary>Records that an attempt succeeded.</summary>
    /// <param name="begun">A timestamp from before the attempt.</param>
    public void SetSucceeded(long begun)
    {
        uses?.SetReached(begun);
        if (Volatile.Read(ref _lost) is { } lost && lost.SetAvailable(begun))
            Interlocked.CompareExchange(ref _lost, null, lost);
        if (Volatile.Read(ref _cause) is not null && Interlocked.Exchange(ref _cause, null) is not null)
            LogRecovered(work);
    }

    /// <summary>Leaves out the message: it may contain a counter that differs in each failure.</summary>
    private static string CauseOf(Exception exception) => $"{exception.GetType().Name} {(exception as DbException)?.SqlState}";

    [LoggerMessage(102, LogLevel.Error, "{Work} failed and will be retried.")]
    private partial void LogFailed(Exception exception, string work);

    [LoggerMessage(103, LogLevel.Information, "{Work} succeeded again.")]
    private partial void LogRecovered(string work);
}
