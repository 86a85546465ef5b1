using Fib.Chaos.Tampering;

namespace Fib.Tests.Faults.Chaos;

public sealed class TamperingScheduleTests
{
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    public static TheoryData<string> Commands =>
    [
        "DEL fib:", "DEL fib:term:", "DEL and SET :requested", "SET fib:", "LPUSH in place of fib:b", "LPUSH in place of fib:term:",
        "RENAME fib:", "RENAME to the name of another", "XDEL", "XTRIM", "XACK", "XADD",
        "XGROUP DESTROY", "XGROUP DELCONSUMER", "XGROUP SETID", "CLIENT KILL",
        "CONFIG SET maxmemory 1mb", "REPLICAOF 127.0.0.1 1", "FLUSHALL",
    ];

    [Fact]
    public void Create_SameSeed_SameCommands()
    {
        Assert.Equal(Write(7, OneHour), Write(7, OneHour));
        Assert.NotEqual(Write(7, OneHour), Write(8, OneHour));
    }

    [Fact]
    public void Create_LongerDuration_OnlyAddsCommands()
    {
        var shorter = Write(7, TimeSpan.FromMinutes(1));
        Assert.Equal(shorter, Write(7, OneHour).Take(shorter.Count));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Create_EveryKind_IsDrawn(string text) =>
        Assert.Contains(TamperingSchedule.Create(7, OneHour), command => command.Text.StartsWith(text, StringComparison.Ordinal));

    [Fact]
    public void Create_TemporaryCommand_IsRevertedBeforeTheNext()
    {
        var commands = TamperingSchedule.Create(7, OneHour);
        Assert.All(commands.Zip(commands.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Duration < pair.Second.At));
        Assert.All(commands.Where(command => command.Duration > TimeSpan.Zero), command => Assert.NotNull(command.Undo));
    }

    private static List<string> Write(int seed, TimeSpan duration) =>
        [.. TamperingSchedule.Create(seed, duration).Select(command => $"{command}: {string.Join(' ', command.Command)}")];
}
