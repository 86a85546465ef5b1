using System.Data.Common;
using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Background;

/// <summary>
/// Logs that work fails when it begins to, when it fails for another cause, and when it succeeds again. Where another part is the
/// cause, that part's own state is logged, which many kinds of work share. Thread-safe.
/// </summary>
/// <param name="work">What the log calls it.</param>
/// <param name="findOutage">Which other part made it fail; null for a fault of the work itself.</param>
/// <param name="logger">Where faults are logged.</param>
/// <param name="uses">The part that every attempt uses: each success shows that it is available, whatever work found it unavailable. Null where some do not.</param>
public sealed class FailureLog(string work, Func<Exception, Outage?> findOutage, ILogger logger, Dependency? uses = null)
{
    private string? _cause;
    private Dependency? _lost;

    /// <summary>An attempt failed.</summary>
    /// <param name="begun">A timestamp from before the attempt.</param>
    /// <param name="failure">Why.</param>
    public void SetFailed(long begun, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (findOutage(failure) is { } outage)
        {
            outage.Dependency.SetUnavailable(begun, outage.Reason, outage.IsRefusal);
            Volatile.Write(ref _lost, outage.Dependency);
        }
        else if (CauseOf(failure) is var cause && Interlocked.Exchange(ref _cause, cause) != cause)
        {
            Log.Failed(logger, failure, work);
        }
    }

    /// <summary>An attempt succeeded.</summary>
    /// <param name="begun">A timestamp from before the attempt.</param>
    public void SetSucceeded(long begun)
    {
        uses?.SetReached(begun);
        if (Volatile.Read(ref _lost) is { } lost && lost.SetAvailable(begun))
            Interlocked.CompareExchange(ref _lost, null, lost);
        if (Volatile.Read(ref _cause) is not null && Interlocked.Exchange(ref _cause, null) is not null)
            Log.Resumed(logger, work);
    }

    /// <summary>Without the message, which may count up from one failure to the next.</summary>
    private static string CauseOf(Exception failure) => $"{failure.GetType().Name} {(failure as DbException)?.SqlState}";
}
