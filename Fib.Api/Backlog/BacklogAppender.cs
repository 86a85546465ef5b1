using System.Diagnostics;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Background;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Appends stored indexes to the backlog. Nobody waits for it: what fails is in PostgreSQL, and the repair appends it.</summary>
internal sealed class BacklogAppender(IConnectionMultiplexer redis, StoreStates stores, TimeProvider time, ILogger<BacklogAppender> logger)
{
    /// <summary>Of the appends that wait for a server that hangs; beyond, they are left to the repair.</summary>
    private const int MaxUnderWay = 4_096;

    private readonly FailureLog _failures = new("The append to the backlog", stores.FindOutage, logger);
    private int _underWay;

    /// <summary>Appends one index on behalf of a request; never throws.</summary>
    /// <returns>Whether it is on the backlog.</returns>
    public async Task<bool> AppendAsync(SequenceIndex index, ActivityContext request)
    {
        try
        {
            if (Interlocked.Increment(ref _underWay) <= MaxUnderWay)
                return await TryAppendAsync(index, request);
            stores.Redis.SetUnavailable(time.GetTimestamp(), "Too many appends wait for it.");
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<bool> TryAppendAsync(SequenceIndex index, ActivityContext request)
    {
        var stream = BacklogKeys.StreamOf(index);
        using var activity = StreamActivity.StartSend(stream, request)?.SetTag("fib.index", index.Value);
        var begun = time.GetTimestamp();
        try
        {
            await redis.GetDatabase().AppendAsync(stream, new BacklogEntry(index, time.GetUtcNow(), StreamActivity.GetTraceParent(activity, request)).ToFields());
            _failures.SetSucceeded(begun);
            return true;
        }
        catch (Exception failure)
        {
            // Whatever it is, the submission is stored and answered: the repair tries again.
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            _failures.SetFailed(begun, failure);
            return false;
        }
    }
}
