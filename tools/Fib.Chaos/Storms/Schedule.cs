namespace Fib.Chaos.Storms;

/// <summary>What happens when, from a seed alone: the same seed and parts give the same outages, a longer storm only more of them.</summary>
internal static class Schedule
{
    /// <summary>The part that can lose its data.</summary>
    public const string Redis = "redis";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestDown = TimeSpan.FromSeconds(3);

    /// <summary>A part is left alone for so long after its outage: it shall come back in between.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>The outages in their order; they overlap, but never two of one part.</summary>
    public static IReadOnlyList<Outage> Create(int seed, TimeSpan duration, IReadOnlyList<string> parts)
    {
        var random = new Random(seed);
        var outages = new List<Outage>();
        var free = parts.ToDictionary(part => part, _ => TimeSpan.Zero);
        for (var at = Between(random, ShortestPause, LongestPause); at < duration; at += Between(random, ShortestPause, LongestPause))
        {
            var outage = Draw(random, at, parts[random.Next(parts.Count)]);
            if (at < free[outage.Part])
                continue;
            outages.Add(outage);
            free[outage.Part] = at + outage.Away + Rest;
        }

        return outages;
    }

    private static Outage Draw(Random random, TimeSpan at, string part)
    {
        var kind = random.Next(10) switch
        {
            < 4 => OutageKind.Kill,
            < 7 => OutageKind.Stop,
            < 9 when part == Redis => OutageKind.Empty,
            _ => OutageKind.Restart,
        };
        return new Outage(at, part, kind, kind == OutageKind.Stop ? Between(random, ShortestStop, LongestStop) : Between(random, TimeSpan.Zero, LongestDown));
    }

    private static TimeSpan Between(Random random, TimeSpan least, TimeSpan most) => least + (random.NextDouble() * (most - least));
}
