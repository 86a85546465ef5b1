using System.Diagnostics;
using Fib.Core.Backlog;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Streams;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Appends stored indexes to the backlog. Nobody waits for it: what fails is in PostgreSQL, and the repair appends it.</summary>
internal sealed class BacklogAppender(IConnectionMultiplexer redis, TimeProvider time, ILogger<BacklogAppender> logger)
{
    /// <summary>Appends one index on behalf of a request; never throws.</summary>
    public async Task AppendAsync(SequenceIndex index, ActivityContext request)
    {
        using var activity = ApiActivity.StartAppend(index, request);
        try
        {
            await redis.GetDatabase().AppendAsync(BacklogKeys.StreamOf(index), new BacklogEntry(index, time.GetUtcNow(), activity?.Id).ToFields());
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            Log.NotAppended(logger, index.Value, failure.Message);
        }
    }
}
