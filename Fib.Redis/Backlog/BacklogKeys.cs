using Fib.Core.Sequence;

namespace Fib.Redis.Backlog;

/// <summary>The names under which producer and consumers meet in Redis.</summary>
public static class BacklogKeys
{
    /// <summary>The stream of indexes to compute; an entry is deleted once it is acknowledged, so its length is the backlog.</summary>
    public const string Stream = "fib:backlog";

    /// <summary>The same for indexes from <see cref="LargeIndex"/>: a stream of their own, so that nobody waits behind them.</summary>
    public const string LargeStream = "fib:backlog:large";

    /// <summary>From here on a term takes milliseconds, and its working memory counts.</summary>
    public const int LargeIndex = 1_000_000;

    /// <summary>The consumer group of both streams, in which all workers share the work.</summary>
    public const string Group = "fib-workers";

    /// <summary>The stream of what became of them.</summary>
    public const string Outcomes = "fib:outcomes";

    /// <summary>The consumer group of <see cref="Outcomes"/> in which all apis share the recording.</summary>
    public const string OutcomesGroup = "fib-recorders";

    /// <summary>The stream of what workers gave up, with the reason; kept for people to look at, up to <see cref="MaxDeadLetters"/>.</summary>
    public const string DeadLetters = "fib:dead-letter";

    /// <summary>About how many dead letters are kept; the oldest go first.</summary>
    public const int MaxDeadLetters = 10_000;

    /// <summary>The channel on which workers tell how far large terms are.</summary>
    public const string Progress = "fib:progress";

    /// <summary>The sorted set of live workers: consumer name, scored by Redis' own time in seconds of its last sign of life.</summary>
    public const string Workers = "fib:workers";

    /// <summary>How often a worker gives a sign of life; one that missed three is taken for dead.</summary>
    public static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);

    /// <summary>Exists while one api compares the backlog with what is pending in PostgreSQL, and until the next may.</summary>
    public const string Repair = "fib:repair";

    /// <summary>The sorted set of the terms that Redis holds, scored by their last use in microseconds of Redis' own time: the least recently used is dropped first.</summary>
    public const string TermsByUse = "fib:terms:used";

    /// <summary>The hash of how many bytes each of them takes, and all together.</summary>
    public const string TermSizes = "fib:terms:sizes";

    /// <summary>What the key of every term begins with.</summary>
    public const string TermPrefix = "fib:term:";

    /// <summary>There for a while after a dropped term was put on the backlog again, so that asking often appends once.</summary>
    public static string Recomputation(SequenceIndex index) => $"{Term(index)}:asked";

    /// <summary>The stream on which an index is appended.</summary>
    public static string StreamOf(SequenceIndex index) => index.Value < LargeIndex ? Stream : LargeStream;

    /// <summary>The string with the decimal digits of a term that is too long for its outcome.</summary>
    public static string Term(SequenceIndex index) => $"{TermPrefix}{index}";
}
