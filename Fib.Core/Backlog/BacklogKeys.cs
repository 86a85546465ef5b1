using Fib.Core.Sequence;

namespace Fib.Core.Backlog;

/// <summary>The names under which producer and consumers meet in Redis.</summary>
public static class BacklogKeys
{
    /// <summary>The stream of indexes to compute; an entry is deleted once it is acknowledged, so its length is the backlog.</summary>
    public const string Stream = "fib:backlog";

    /// <summary>The consumer group of <see cref="Stream"/> in which all workers share the work.</summary>
    public const string Group = "fib-workers";

    /// <summary>The stream of what became of them.</summary>
    public const string Outcomes = "fib:outcomes";

    /// <summary>The consumer group of <see cref="Outcomes"/> in which all apis share the recording.</summary>
    public const string OutcomesGroup = "fib-recorders";

    /// <summary>The sorted set of live workers: consumer name, scored by Redis' own time in seconds of its last sign of life.</summary>
    public const string Workers = "fib:workers";

    /// <summary>How often a worker gives a sign of life; one that missed three is taken for dead.</summary>
    public static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);

    /// <summary>The string with a term's decimal digits.</summary>
    public static string Term(SequenceIndex index) => $"fib:term:{index}";
}
