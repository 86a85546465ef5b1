using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>The Redis keys and channels that the producer (api) and the consumers (workers) share.</summary>
public static class BacklogKeys
{
    /// <summary>
    /// The stream of indexes below <see cref="LargeIndex"/> to compute. Acknowledged entries are deleted, so its length is the backlog.
    /// </summary>
    public const string Stream = "fib:backlog";

    /// <summary>The stream of indexes from <see cref="LargeIndex"/>; small indexes do not wait behind them.</summary>
    public const string LargeStream = "fib:backlog:large";

    /// <summary>From this index, a computation takes milliseconds and its working memory is significant.</summary>
    public const int LargeIndex = 1_000_000;

    /// <summary>
    /// The maximum length of each of the two streams, about 5 MB. A Redis without free memory accepts no outcome, and so no entry would
    /// ever be acknowledged.
    /// </summary>
    public const int MaxLength = 50_000;

    /// <summary>The consumer group of both streams; all workers are its consumers.</summary>
    public const string Group = "fib-workers";

    /// <summary>The stream of outcomes: computed terms and failures.</summary>
    public const string Outcomes = "fib:outcomes";

    /// <summary>The consumer group of <see cref="Outcomes"/>; all apis are its consumers.</summary>
    public const string OutcomesGroup = "fib-recorders";

    /// <summary>The dead-letter stream, with the reason of each entry; keeps about <see cref="MaxDeadLetters"/> entries.</summary>
    public const string DeadLetters = "fib:dead-letter";

    /// <summary>The approximate maximum length of <see cref="DeadLetters"/>; the oldest entries are trimmed first.</summary>
    public const int MaxDeadLetters = 10_000;

    /// <summary>The channel on which workers publish the progress of large terms, and computed terms before they are recorded.</summary>
    public const string Progress = "fib:progress";

    /// <summary>
    /// The channel on which an idle api announces an index that it begins to store, so that workers compute its term meanwhile and publish
    /// it on <see cref="Progress"/>. An announcement is no task: the index is computed again when it is appended to the backlog.
    /// </summary>
    public const string Announcements = "fib:announcements";

    /// <summary>Higher indexes are not announced. A term up to this one is computed in microseconds.</summary>
    public const int MaxAnnounced = 4_000;

    /// <summary>The sorted set of live workers: consumer names, scored by their last heartbeat in seconds of the Redis clock.</summary>
    public const string Workers = "fib:workers";

    /// <summary>The time between two heartbeats of a worker; a worker that missed three counts as dead.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>The lock of the backlog repair: exists during a repair by one api, and until the next repair is due.</summary>
    public const string Repair = "fib:repair";

    /// <summary>
    /// The sorted set of cached terms, scored by their last use in microseconds of the Redis clock. The least recently used is
    /// evicted first.
    /// </summary>
    public const string TermsByUse = "fib:terms:used";

    /// <summary>The hash of the size in bytes of each cached term, and of their total.</summary>
    public const string TermSizes = "fib:terms:sizes";

    /// <summary>The prefix of the keys of cached terms.</summary>
    public const string TermPrefix = "fib:term:";

    /// <summary>Exists for a while after an evicted term was appended again, so that repeated requests append it once.</summary>
    public static string Recomputation(SequenceIndex index) => $"{Term(index)}:requested";

    /// <summary>Why the index failed; exists for a minute after that, for requests for an evicted term.</summary>
    public static string Failure(SequenceIndex index) => $"{Term(index)}:failure";

    /// <summary>The stream to which an index is appended.</summary>
    public static string StreamOf(SequenceIndex index) => IsLarge(index) ? LargeStream : Stream;

    /// <summary>Whether the index is at least <see cref="LargeIndex"/>.</summary>
    public static bool IsLarge(SequenceIndex index) => index.Value >= LargeIndex;

    /// <summary>The string with the decimal digits of a term that is too long for its outcome.</summary>
    public static string Term(SequenceIndex index) => $"{TermPrefix}{index}";
}
