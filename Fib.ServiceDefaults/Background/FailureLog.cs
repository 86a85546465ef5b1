using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Background;

/// <summary>Logs that work fails when it begins to, when it fails for another cause, and when it succeeds again. Thread-safe.</summary>
/// <param name="work">What the log calls it.</param>
/// <param name="isOutage">Whether a failure is that of another part, which the log tells without a stack trace.</param>
/// <param name="logger">Where it is logged.</param>
public sealed class FailureLog(string work, Func<Exception, bool> isOutage, ILogger logger)
{
    private string? _cause;

    /// <summary>Whether the last attempt failed.</summary>
    public bool IsFailing => Volatile.Read(ref _cause) is not null;

    /// <summary>An attempt failed.</summary>
    public void SetFailed(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var cause = CauseOf(failure);
        if (Interlocked.Exchange(ref _cause, cause) == cause)
            return;
        if (isOutage(failure))
            Log.Paused(logger, work, failure.Message);
        else
            Log.Failed(logger, failure, work);
    }

    /// <summary>An attempt succeeded.</summary>
    public void SetSucceeded()
    {
        if (IsFailing && Interlocked.Exchange(ref _cause, null) is not null)
            Log.Resumed(logger, work);
    }

    /// <summary>Without the message, which may count up from one failure to the next.</summary>
    private static string CauseOf(Exception failure) => $"{failure.GetType().Name} {(failure as DbException)?.SqlState}";
}
