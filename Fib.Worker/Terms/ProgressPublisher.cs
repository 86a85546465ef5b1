using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Worker.Terms;

/// <summary>
/// Publishes the progress of large terms, and computed terms, on <see cref="BacklogKeys.Progress"/>. The computation never waits for it.
/// </summary>
internal sealed class ProgressPublisher(IConnectionMultiplexer redis, TimeProvider time)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// When many small terms are computed at once, most have no preview, because each one is an additional event.
    /// </summary>
    private static readonly TimeSpan TermInterval = TimeSpan.FromMilliseconds(1);

    private readonly Throttle _terms = new(TermInterval, time);

    /// <summary>The index of the last term.</summary>
    private int _last = -1;

    /// <summary>
    /// Publishes a computed term, which pages show while its outcome is on its way to PostgreSQL. Does nothing within a millisecond
    /// after the last one, or if it was the last one: it was published when its index was announced.
    /// </summary>
    public void PublishTerm(SequenceIndex index, string preview)
    {
        if (IsAnother(index) && _terms.TryEnter())
            _ = PublishAsync(TermProgress.Computed(index, preview));
    }

    /// <summary>Publishes the term of an index that was announced, unless it was the last one: the entry may be handled before.</summary>
    public void PublishAnnounced(SequenceIndex index, string preview)
    {
        if (IsAnother(index))
            _ = PublishAsync(TermProgress.Computed(index, preview));
    }

    private bool IsAnother(SequenceIndex index) => Interlocked.Exchange(ref _last, index.Value) != index.Value;

    /// <summary>
    /// Creates a reporter for the engine that publishes the first report, and then at most one every 100 ms. Null below
    /// <see cref="BacklogKeys.LargeIndex"/>.
    /// </summary>
    public IProgress<double>? CreateReporter(SequenceIndex index) =>
        BacklogKeys.IsLarge(index) ? new Reporter(this, index, time) : null;

    /// <summary>A lost report does no harm: the next one, or the outcome, replaces it.</summary>
    private Task PublishAsync(TermProgress progress) => redis.PublishAndForgetAsync(BacklogKeys.Progress, progress.ToString());

    private sealed class Reporter(ProgressPublisher publisher, SequenceIndex index, TimeProvider time) : IProgress<double>
    {
        private readonly Throttle _reports = new(ReportInterval, time);

        public void Report(double value)
        {
            if (_reports.TryEnter())
                _ = publisher.PublishAsync(new TermProgress(index, (int)(value * 100)));
        }
    }

    /// <summary>Permits the first call, and then at most one in each interval. Thread-safe.</summary>
    private sealed class Throttle(TimeSpan interval, TimeProvider time)
    {
        private readonly Lock _lock = new();
        private long? _last;

        public bool TryEnter()
        {
            lock (_lock)
            {
                if (_last is { } last && time.GetElapsedTime(last) < interval)
                    return false;
                _last = time.GetTimestamp();
                return true;
            }
        }
    }
}
