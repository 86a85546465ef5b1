using System.Globalization;

namespace Fib.Web.Stages;

/// <summary>The stages of one submission as the time since the first. The same as in wwwroot/js/timeline.js, which knows the last one too.</summary>
internal static class Timeline
{
    /// <summary>What a submission goes through, in this order.</summary>
    public static readonly IReadOnlyList<string> Stages = ["accepted", "stored", "queued", "computed", "shown"];

    /// <summary>
    /// The time of each stage but the last, null where it was not reached. They are from the clocks of several machines, so
    /// one that seems to come before its predecessor is given its predecessor's.
    /// </summary>
    public static IReadOnlyList<TimeSpan?> Of(SubmissionStages? submission)
    {
        DateTime?[] reached = [submission?.ReceivedAt, submission?.StoredAt, submission?.QueuedAt, submission?.ComputedAt];
        var latest = TimeSpan.Zero;
        return [.. reached.Select(at => at is null || reached[0] is null ? (TimeSpan?)null : latest = Max(latest, at.Value - reached[0]!.Value)), null];
    }

    /// <summary>Such as "0 ms", "12 ms", "3.4 s" and "5 min".</summary>
    public static string Say(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalMilliseconds: < 1_000 } brief => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(brief.TotalMilliseconds)} ms"),
        { TotalSeconds: < 100 } longer => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(longer.TotalSeconds * 10) / 10:0.0} s"),
        var longest => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(longest.Value.TotalMinutes)} min"),
    };

    /// <summary>How much of the longest time a time is, in percent.</summary>
    public static double Share(TimeSpan? time, IEnumerable<TimeSpan?> times) =>
        time is { } reached && times.Max() is { Ticks: > 0 } longest ? Math.Round(100 * reached / longest, 1) : 0;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
