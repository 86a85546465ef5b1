namespace Fib.Chaos.Outsiders;

/// <summary>What an outsider does when, from a seed alone: the same seed gives the same commands, a longer storm only more of them.</summary>
internal static class Meddlings
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1.2);

    /// <summary>The meddlings in their order, one at a time.</summary>
    public static IReadOnlyList<Meddling> Create(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var meddlings = new List<Meddling>();
        for (var at = Pause(random); at < duration; at += Pause(random))
        {
            var meddling = Meddler.Draw(random) with { At = at };
            meddlings.Add(meddling);
            at += meddling.Lasts;
        }

        return meddlings;
    }

    private static TimeSpan Pause(Random random) => ShortestPause + (random.NextDouble() * (LongestPause - ShortestPause));
}
