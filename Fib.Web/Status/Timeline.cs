using System.Globalization;
using Fib.Core.Contracts;

namespace Fib.Web.Status;

/// <summary>
/// The elapsed time of each stage of a submission since the first. The same as in wwwroot/js/timeline.js, which also measures the
/// last stage.
/// </summary>
internal static class Timeline
{
    /// <summary>The stages of a submission, in order.</summary>
    public static readonly IReadOnlyList<string> Stages = ["accepted", "stored", "queued", "computed", "shown"];

    /// <summary>
    /// The elapsed time of each stage but the last; null if the stage was not reached. The timestamps come from the clocks of
    /// several machines, so a stage that seems to precede its predecessor gets its predecessor's time.
    /// </summary>
    public static IReadOnlyList<TimeSpan?> GetElapsedTimes(SubmissionStages? submission)
    {
        DateTime?[] reached = [submission?.ReceivedAt, submission?.StoredAt, submission?.QueuedAt, submission?.ComputedAt];
        var latest = TimeSpan.Zero;
        return [.. reached.Select(at => at - reached[0] is { } elapsed ? latest = Max(latest, elapsed) : (TimeSpan?)null), null];
    }

    /// <summary>Formats a duration, such as "0 ms", "12 ms", "3.4 s" and "5 min", rounded down.</summary>
    public static string FormatDuration(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalMilliseconds: < 1_000 } brief => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(brief.TotalMilliseconds)} ms"),
        { TotalSeconds: < 100 } longer => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(longer.TotalSeconds * 10) / 10:0.0} s"),
        var longest => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(longest.Value.TotalMinutes)} min"),
    };

    /// <summary>The share of a time in the longest of the times, in percent.</summary>
    public static double GetShare(TimeSpan? time, IEnumerable<TimeSpan?> times) =>
        time is { } reached && times.Max() is { Ticks: > 0 } longest ? Math.Round(100 * reached / longest, 1) : 0;

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
