using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>Publishes the progress of large terms on <see cref="BacklogKeys.Progress"/>. The computation never waits for it.</summary>
internal sealed class ProgressPublisher(IConnectionMultiplexer redis, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Creates a reporter for the engine that publishes the first report, and then at most one every 100 ms. Null below
    /// <see cref="BacklogKeys.LargeIndex"/>.
    /// </summary>
    public IProgress<double>? CreateReporter(SequenceIndex index) =>
        BacklogKeys.IsLarge(index) ? new Reporter(this, index, time) : null;

    private async Task PublishAsync(TermProgress progress)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(
                RedisChannel.Literal(BacklogKeys.Progress), progress.ToString(), CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            // A lost report does no harm: the next one, or the outcome, replaces it.
        }
    }

    private sealed class Reporter(ProgressPublisher publisher, SequenceIndex index, TimeProvider time) : IProgress<double>
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
