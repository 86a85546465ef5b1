using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>
/// Draws the submissions of the clients from a seed: mostly indexes that occur only once, so that the submissions of each can be
/// counted. Thread-safe.
/// </summary>
internal sealed class Workload(int seed)
{
    /// <summary>The indexes that are submitted many times.</summary>
    public static readonly IReadOnlyList<int> Repeated = [0, 1, 2, 7, 10, 42, 93, 100, 500, 999, 5_000, 1_000_000];

    private const int TooHigh = 10_000_001;
    private const int MaxBatchSize = 20;
    private static readonly string[] Invalid = ["-1", "\"x\"", "7.5", "null", TooHigh.ToString(CultureInfo.InvariantCulture)];

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private int _small = 10_000;
    private int _large = 1_000_000;

    /// <summary>A submission of one index.</summary>
    public Submission NextSingle()
    {
        lock (_lock)
            return new Submission(false, NextEntry());
    }

    /// <summary>A batch of 1 to 20 entries; invalid ones are among valid ones.</summary>
    public Submission NextBatch()
    {
        lock (_lock)
            return new Submission(true, [.. Enumerable.Range(0, _random.Next(1, MaxBatchSize + 1)).Select(_ => NextEntry())]);
    }

    private SubmissionEntry NextEntry() => _random.Next(100) switch
    {
        < 4 => new SubmissionEntry(Invalid[_random.Next(Invalid.Length)], null),
        < 12 => Valid(Repeated[_random.Next(Repeated.Count)]),
        < 13 => Valid(++_large),
        _ => Valid(++_small),
    };

    private static SubmissionEntry Valid(int index) => new(index.ToString(CultureInfo.InvariantCulture), index);
}
