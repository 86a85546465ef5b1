using Fib.Core.Contracts;
using Fib.Web.Status;

namespace Fib.Tests.Unit.Web.Status;

public sealed class TimelineTests
{
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void GetElapsedTimes_ComputedSubmission_CountFromTheFirstStage() =>
        Assert.Equal([0, 2, 3, 15, null], InMilliseconds(Stages(At(3), At(15))));

    [Fact]
    public void GetElapsedTimes_ClockBehind_TakesNoTime() =>
        Assert.Equal([0, 2, 3, 3, null], InMilliseconds(Stages(At(3), At(-40))));

    [Fact]
    public void GetElapsedTimes_StageNotReached_HasNoTime() =>
        Assert.Equal([0, 2, null, null, null], InMilliseconds(Stages(null, null)));

    [Fact]
    public void GetElapsedTimes_NoSubmission_AreNull() =>
        Assert.Equal(new TimeSpan?[5], Timeline.GetElapsedTimes(null));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0 ms")]
    [InlineData(12.9, "12 ms")]
    [InlineData(999.9, "999 ms")]
    [InlineData(1_000.0, "1.0 s")]
    [InlineData(59_990.0, "59.9 s")]
    [InlineData(100_000.0, "1 min")]
    [InlineData(3_600_000.0, "60 min")]
    public void FormatDuration_Milliseconds_IsShort(double? milliseconds, string text) =>
        Assert.Equal(text, Timeline.FormatDuration(milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null));

    [Fact]
    public void GetShare_Time_IsInPercentOfTheLongest()
    {
        TimeSpan?[] times = [TimeSpan.Zero, TimeSpan.FromMilliseconds(2), null, TimeSpan.FromMilliseconds(8)];
        Assert.Equal([0, 25, 0, 100], times.Select(time => Timeline.GetShare(time, times)));
        Assert.Equal(0, Timeline.GetShare(TimeSpan.Zero, [TimeSpan.Zero, null]));
    }

    private static DateTime At(double milliseconds) => Start.AddMilliseconds(milliseconds);

    private static SubmissionStages Stages(DateTime? queuedAt, DateTime? computedAt) =>
        new(1, 7, Start, At(2), queuedAt, null, computedAt, null);

    private static IEnumerable<double?> InMilliseconds(SubmissionStages submission) =>
        Timeline.GetElapsedTimes(submission).Select(time => time?.TotalMilliseconds);
}
