using System.Diagnostics;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Appends stored indexes to the backlog. Nobody waits for it: what fails is in PostgreSQL, and the repair appends it.</summary>
internal sealed class BacklogAppender(IConnectionMultiplexer redis, TimeProvider time, ILogger<BacklogAppender> logger)
{
    /// <summary>Of the appends that wait for a server that hangs; beyond, they are left to the repair.</summary>
    private const int MaxUnderWay = 4_096;

    private int _underWay;
    private int _isFailing;

    /// <summary>Appends one index on behalf of a request; never throws.</summary>
    /// <returns>Whether it is on the backlog.</returns>
    public async Task<bool> AppendAsync(SequenceIndex index, ActivityContext request)
    {
        try
        {
            if (Interlocked.Increment(ref _underWay) <= MaxUnderWay)
                return await TryAppendAsync(index, request);
            SetFailing(index, "Redis takes too long.");
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<bool> TryAppendAsync(SequenceIndex index, ActivityContext request)
    {
        using var activity = ApiActivity.StartAppend(index, request);
        try
        {
            await redis.GetDatabase().AppendAsync(BacklogKeys.StreamOf(index), new BacklogEntry(index, time.GetUtcNow(), activity?.Id).ToFields());
            _isFailing = 0;
            return true;
        }
        catch (Exception failure)
        {
            // Whatever it is, the submission is stored and answered: the repair tries again.
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            SetFailing(index, failure.Message);
            return false;
        }
    }

    /// <summary>Says it once, not thousands of times a second.</summary>
    private void SetFailing(SequenceIndex index, string reason)
    {
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            Log.NotAppended(logger, index.Value, reason);
    }
}
