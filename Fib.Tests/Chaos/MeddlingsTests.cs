using Fib.Chaos.Outsiders;

namespace Fib.Tests.Chaos;

public sealed class MeddlingsTests
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    public static TheoryData<string> Commands =>
    [
        "DEL fib:", "DEL fib:term:", "DEL and SET :asked", "SET fib:", "LPUSH in place of fib:b", "LPUSH in place of fib:term:", "RENAME fib:", "RENAME to another's name", "XDEL", "XTRIM", "XACK", "XADD",
        "XGROUP DESTROY", "XGROUP DELCONSUMER", "XGROUP SETID", "CLIENT KILL", "CONFIG SET maxmemory 1mb", "REPLICAOF 127.0.0.1 1", "FLUSHALL",
    ];

    [Fact]
    public void Create_SameSeed_SameCommands()
    {
        Assert.Equal(Write(7, AnHour), Write(7, AnHour));
        Assert.NotEqual(Write(7, AnHour), Write(8, AnHour));
    }

    [Fact]
    public void Create_LongerStorm_OnlyHasMoreOfTheSame()
    {
        var shorter = Write(7, TimeSpan.FromMinutes(1));
        Assert.Equal(shorter, Write(7, AnHour).Take(shorter.Count));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Create_EveryCommand_IsGiven(string command) =>
        Assert.Contains(Meddlings.Create(7, AnHour), meddling => meddling.What.StartsWith(command, StringComparison.Ordinal));

    [Fact]
    public void Create_WhatLasts_IsTakenBackBeforeTheNext()
    {
        var meddlings = Meddlings.Create(7, AnHour);
        Assert.All(meddlings.Zip(meddlings.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Lasts < pair.Second.At));
        Assert.All(meddlings.Where(meddling => meddling.Lasts > TimeSpan.Zero), meddling => Assert.NotNull(meddling.Undo));
    }

    private static List<string> Write(int seed, TimeSpan duration) =>
        [.. Meddlings.Create(seed, duration).Select(meddling => $"{meddling}: {string.Join(' ', meddling.Command)}")];
}
