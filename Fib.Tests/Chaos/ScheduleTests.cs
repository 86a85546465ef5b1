using Fib.Chaos.Storms;

namespace Fib.Tests.Chaos;

public sealed class ScheduleTests
{
    private static readonly string[] Parts = ["postgres", Schedule.Redis, "api-1", "api-2", "worker-1", "worker-2", "web", "gateway"];
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    [Fact]
    public void Create_SameSeed_SameSchedule()
    {
        Assert.Equal(Schedule.Create(7, AnHour, Parts), Schedule.Create(7, AnHour, Parts));
        Assert.NotEqual(Schedule.Create(7, AnHour, Parts), Schedule.Create(8, AnHour, Parts));
    }

    [Fact]
    public void Create_LongerStorm_OnlyHasMoreOfTheSame()
    {
        var shorter = Schedule.Create(7, TimeSpan.FromMinutes(1), Parts);
        Assert.Equal(shorter, Schedule.Create(7, AnHour, Parts).Take(shorter.Count));
    }

    [Fact]
    public void Create_EveryPart_IsStruckInEveryWayButNeverTwiceAtOnce()
    {
        var schedule = Schedule.Create(7, AnHour, Parts);
        foreach (var part in Parts)
        {
            var outages = schedule.Where(outage => outage.Part == part).ToArray();
            Assert.All(outages.Zip(outages.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Away < pair.Second.At));
            OutageKind[] kinds = part == Schedule.Redis
                ? [OutageKind.Kill, OutageKind.Stop, OutageKind.Restart, OutageKind.Empty]
                : [OutageKind.Kill, OutageKind.Stop, OutageKind.Restart];
            Assert.Equal(kinds, outages.Select(outage => outage.Kind).Distinct().Order());
        }

        Assert.All(schedule.Where(outage => outage.Kind == OutageKind.Stop), outage => Assert.InRange(outage.Away.TotalSeconds, 1, 8));
    }
}
