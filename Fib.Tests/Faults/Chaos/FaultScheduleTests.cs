using Fib.Chaos.Faults;

namespace Fib.Tests.Faults.Chaos;

public sealed class FaultScheduleTests
{
    private static readonly string[] Targets =
        ["postgres", FaultSchedule.Redis, "api-1", "api-2", "worker-1", "worker-2", "web", "gateway"];
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    [Fact]
    public void Create_SameSeed_SameSchedule()
    {
        Assert.Equal(FaultSchedule.Create(7, OneHour, Targets), FaultSchedule.Create(7, OneHour, Targets));
        Assert.NotEqual(FaultSchedule.Create(7, OneHour, Targets), FaultSchedule.Create(8, OneHour, Targets));
    }

    [Fact]
    public void Create_LongerDuration_OnlyAddsFaults()
    {
        var shorter = FaultSchedule.Create(7, TimeSpan.FromMinutes(1), Targets);
        Assert.Equal(shorter, FaultSchedule.Create(7, OneHour, Targets).Take(shorter.Count));
    }

    [Fact]
    public void Create_EveryTarget_HasEveryKindOfFaultWithoutOverlap()
    {
        var schedule = FaultSchedule.Create(7, OneHour, Targets);
        foreach (var target in Targets)
        {
            var faults = schedule.Where(fault => fault.Target == target).ToArray();
            Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Duration < pair.Second.At));
            FaultKind[] kinds = target == FaultSchedule.Redis
                ? [FaultKind.Kill, FaultKind.Stop, FaultKind.Restart, FaultKind.KillWithDataLoss]
                : [FaultKind.Kill, FaultKind.Stop, FaultKind.Restart];
            Assert.Equal(kinds, faults.Select(fault => fault.Kind).Distinct().Order());
        }

        Assert.All(schedule.Where(fault => fault.Kind == FaultKind.Stop), fault => Assert.InRange(fault.Duration.TotalSeconds, 1, 8));
    }
}
