namespace Fib.Chaos.Faults;

/// <summary>
/// Derives faults from a seed: the same seed and targets give the same faults, and a longer duration only adds more of them.
/// </summary>
internal static class FaultSchedule
{
    /// <summary>The only target that can lose its data.</summary>
    public const string Redis = "redis";

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan MinStop = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxStop = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan MaxDown = TimeSpan.FromSeconds(3);

    /// <summary>The minimum time between two faults of one target, in which it can recover.</summary>
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(2);

    /// <summary>The faults, ordered by start time. They overlap, but never two of one target.</summary>
    public static IReadOnlyList<Fault> Create(int seed, TimeSpan duration, IReadOnlyList<string> targets)
    {
        var random = new Random(seed);
        var faults = new List<Fault>();
        var availableFrom = targets.ToDictionary(target => target, _ => TimeSpan.Zero);
        for (var at = Between(random, MinPause, MaxPause); at < duration; at += Between(random, MinPause, MaxPause))
        {
            var fault = Draw(random, at, targets[random.Next(targets.Count)]);
            if (at < availableFrom[fault.Target])
                continue;
            faults.Add(fault);
            availableFrom[fault.Target] = at + fault.Duration + RecoveryTime;
        }

        return faults;
    }

    private static Fault Draw(Random random, TimeSpan at, string target)
    {
        var kind = random.Next(10) switch
        {
            < 4 => FaultKind.Kill,
            < 7 => FaultKind.Stop,
            < 9 when target == Redis => FaultKind.KillWithDataLoss,
            _ => FaultKind.Restart,
        };
        var (min, max) = kind == FaultKind.Stop ? (MinStop, MaxStop) : (TimeSpan.Zero, MaxDown);
        return new Fault(at, target, kind, Between(random, min, max));
    }

    private static TimeSpan Between(Random random, TimeSpan min, TimeSpan max) => min + (random.NextDouble() * (max - min));
}
