using Fib.Api.Events;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>
/// Announces a small index to the workers while it is stored, so that open pages show its term as soon as possible. Only while the api is
/// idle: under load the workers would take processor time from the commits.
/// </summary>
internal sealed class Announcer(IConnectionMultiplexer redis, OpenStreams open, TimeProvider time)
{
    /// <summary>The api is idle if no commit has ended for this time. One client that submits without a pause needs less.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(1);

    private long? _committedAt;

    /// <summary>Call this before the only submission of a commit is stored; does not wait for Redis.</summary>
    public void Announce(SequenceIndex index)
    {
        var isIdle = _committedAt is not { } committedAt || time.GetElapsedTime(committedAt) >= IdleTime;
        if (isIdle && index.Value <= BacklogKeys.MaxAnnounced && open.Count is > 0 and <= ProgressFeed.MaxPreviewStreams)
            // If it is lost, the term appears when the index was appended to the backlog.
            _ = redis.PublishAndForgetAsync(BacklogKeys.Announcements, index.ToString());
    }

    /// <summary>Call this after every commit.</summary>
    public void OnCommitted() => _committedAt = time.GetTimestamp();
}
