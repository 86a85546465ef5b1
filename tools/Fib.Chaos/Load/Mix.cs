using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>What the clients submit: mostly indexes that are submitted by one client alone, so that each can be counted. Thread-safe.</summary>
internal sealed class Mix(int seed)
{
    /// <summary>Submitted again and again.</summary>
    public static readonly IReadOnlyList<int> Repeated = [0, 1, 2, 7, 10, 42, 93, 100, 500, 999, 5_000, 1_000_000];

    private const int TooHigh = 10_000_001;
    private const int MostTogether = 20;
    private static readonly string[] Malformed = ["-1", "\"x\"", "7.5", "null", TooHigh.ToString(CultureInfo.InvariantCulture)];

    private readonly Lock _turn = new();
    private readonly Random _random = new(seed);
    private int _small = 10_000;
    private int _large = 1_000_000;

    /// <summary>A submission of one index.</summary>
    public Submission NextSingle()
    {
        lock (_turn)
            return new Submission(false, NextEntry());
    }

    /// <summary>A submission of 1 to 20; one that is refused is among others that are not.</summary>
    public Submission NextBatch()
    {
        lock (_turn)
            return new Submission(true, [.. Enumerable.Range(0, _random.Next(1, MostTogether + 1)).Select(_ => NextEntry())]);
    }

    private Entry NextEntry() => _random.Next(100) switch
    {
        < 4 => new Entry(Malformed[_random.Next(Malformed.Length)], null),
        < 12 => Accepted(Repeated[_random.Next(Repeated.Count)]),
        < 13 => Accepted(++_large),
        _ => Accepted(++_small),
    };

    private static Entry Accepted(int index) => new(index.ToString(CultureInfo.InvariantCulture), index);
}
