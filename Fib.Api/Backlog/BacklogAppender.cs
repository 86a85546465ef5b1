using System.Diagnostics;
using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>
/// Appends stored indexes to the backlog. A failed append loses nothing: the index is pending in PostgreSQL, and the repair
/// appends it, also if the backlog is full.
/// </summary>
internal sealed class BacklogAppender(IConnectionMultiplexer redis, StoreStates stores, TimeProvider time, ILogger<BacklogAppender> logger)
{
    /// <summary>The maximum number of concurrent appends while a server hangs; further ones are left to the repair.</summary>
    private const int MaxConcurrent = 4_096;

    private readonly FailureLog _failures = new("The append to the backlog", stores.FindOutage, logger);
    private int _concurrent;

    /// <summary>Appends one index in the trace of a request; never throws.</summary>
    /// <returns>Whether the index is on the backlog.</returns>
    public async Task<bool> AppendAsync(SequenceIndex index, ActivityContext request)
    {
        try
        {
            if (Interlocked.Increment(ref _concurrent) <= MaxConcurrent)
                return await TryAppendAsync(index, request);
            _failures.SetFailed(time.GetTimestamp(), new Outage(stores.Redis, "Too many appends wait for it."));
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _concurrent);
        }
    }

    private async Task<bool> TryAppendAsync(SequenceIndex index, ActivityContext request)
    {
        var stream = BacklogKeys.StreamOf(index);
        using var activity = StreamActivity.StartSend(stream, request)?.SetTag("fib.index", index.Value);
        var begun = time.GetTimestamp();
        try
        {
            var entry = new BacklogEntry(index, time.GetUtcNow(), StreamActivity.GetTraceParent(activity, request));
            var isAppended = await redis.GetDatabase().TryAppendAsync(stream, entry.ToFields(), BacklogKeys.MaxLength);
            _failures.SetSucceeded(begun);
            return isAppended;
        }
        catch (Exception exception)
        {
            // Whatever the reason, the submission is stored and answered, and the repair retries the append.
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            _failures.SetFailed(begun, exception);
            return false;
        }
    }
}
