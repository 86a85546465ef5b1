using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>Tells whoever listens how far a large term is; the computation never waits for it.</summary>
internal sealed class ProgressPublisher(IConnectionMultiplexer redis, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>For the engine: publishes the first report, and then one every 100 ms at most. Null for an index that takes no time.</summary>
    public IProgress<double>? Begin(SequenceIndex index) => index.Value < BacklogKeys.LargeIndex ? null : new Reports(this, index, time);

    private async Task PublishAsync(TermProgress progress)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Progress), progress.ToString(), CommandFlags.FireAndForget);
        }
        catch (Exception failure) when (RedisFailure.Is(failure))
        {
            // It is of the moment: the next one, or the term, says more.
        }
    }

    private sealed class Reports(ProgressPublisher publisher, SequenceIndex index, TimeProvider time) : IProgress<double>
    {
        private long? _last;

        public void Report(double value)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Interval)
                return;
            _last = time.GetTimestamp();
            _ = publisher.PublishAsync(new TermProgress(index, (int)(value * 100)));
        }
    }
}
