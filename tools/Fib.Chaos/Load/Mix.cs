using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>What the clients submit: mostly indexes that nobody else submits, so that each can be counted alone.</summary>
internal sealed class Mix(int seed)
{
    /// <summary>Submitted again and again.</summary>
    public static readonly IReadOnlyList<int> Repeated = [0, 1, 2, 7, 10, 42, 93, 100, 500, 999, 5_000, 1_000_000];

    private const int TooHigh = 10_000_001;
    private static readonly string[] Malformed = ["-1", "\"x\"", "7.5", "null", TooHigh.ToString(CultureInfo.InvariantCulture)];

    private readonly Lock _turn = new();
    private readonly Random _random = new(seed);
    private int _small = 10_000;
    private int _large = 1_000_000;

    /// <summary>The JSON of an index, and the index where it is one that is accepted.</summary>
    public (string Json, int? Index) Next()
    {
        lock (_turn)
        {
            var (json, index) = _random.Next(100) switch
            {
                < 4 => (Malformed[_random.Next(Malformed.Length)], (int?)null),
                < 12 => Accepted(Repeated[_random.Next(Repeated.Count)]),
                < 13 => Accepted(++_large),
                _ => Accepted(++_small),
            };
            return (json, index);
        }
    }

    private static (string Json, int? Index) Accepted(int index) => (index.ToString(CultureInfo.InvariantCulture), index);
}
