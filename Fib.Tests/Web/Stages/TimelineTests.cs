using Fib.Web.Stages;

namespace Fib.Tests.Web.Stages;

public sealed class TimelineTests
{
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_AComputedSubmission_CountsFromTheFirstStage() =>
        Assert.Equal([0, 2, 3, 15, null], InMilliseconds(new SubmissionStages(1, 7, Start, At(2), At(3), At(15))));

    [Fact]
    public void Of_AClockThatIsBehind_TakesNoTime() =>
        Assert.Equal([0, 2, 3, 3, null], InMilliseconds(new SubmissionStages(1, 7, Start, At(2), At(3), At(-40))));

    [Fact]
    public void Of_AStageThatWasNotReached_HasNoTime() =>
        Assert.Equal([0, 2, null, null, null], InMilliseconds(new SubmissionStages(1, 7, Start, At(2), null, null)));

    [Fact]
    public void Of_NoSubmission_HasNoTimes() => Assert.Equal(new TimeSpan?[5], Timeline.Of(null));

    [Theory]
    [InlineData(null, "–")]
    [InlineData(0.0, "0 ms")]
    [InlineData(12.9, "12 ms")]
    [InlineData(999.9, "999 ms")]
    [InlineData(1_000.0, "1.0 s")]
    [InlineData(59_990.0, "59.9 s")]
    [InlineData(100_000.0, "1 min")]
    [InlineData(3_600_000.0, "60 min")]
    public void Say_ATime_IsShort(double? milliseconds, string said) =>
        Assert.Equal(said, Timeline.Say(milliseconds is { } some ? TimeSpan.FromMilliseconds(some) : null));

    [Fact]
    public void Share_OfTheLongest_IsInPercent()
    {
        TimeSpan?[] times = [TimeSpan.Zero, TimeSpan.FromMilliseconds(2), null, TimeSpan.FromMilliseconds(8)];
        Assert.Equal([0, 25, 0, 100], times.Select(time => Timeline.Share(time, times)));
        Assert.Equal(0, Timeline.Share(TimeSpan.Zero, [TimeSpan.Zero, null]));
    }

    private static DateTime At(double milliseconds) => Start.AddMilliseconds(milliseconds);

    private static IEnumerable<double?> InMilliseconds(SubmissionStages submission) => Timeline.Of(submission).Select(time => time?.TotalMilliseconds);
}
