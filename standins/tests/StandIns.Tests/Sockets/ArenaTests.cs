using Pipelines.Sockets.Unofficial.Arenas;

namespace StandIns.Tests.Sockets;

public sealed class ArenaTests
{
    [Fact]
    public void Allocate_WhileAnEarlierOneIsInUse_TheEarlierOneStays()
    {
        using var arena = new Arena<string>(new ArenaOptions());
        var outer = arena.Allocate(3000).FirstSpan;
        outer.Fill("outer");

        for (var i = 0; i < 200; i++) arena.Allocate(1000).FirstSpan.Fill("inner");
        outer[0] = "changed";

        Assert.Equal("changed", outer[0]);
        Assert.Equal(-1, outer[1..].IndexOfAnyExcept("outer"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void Reset_ReferencesAreDropped(int length)
    {
        using var arena = new Arena<object>();
        var sequence = arena.Allocate(length);
        sequence.FirstSpan.Fill(arena);
        arena.Allocate(length).FirstSpan.Fill(arena);

        arena.Reset();

        Assert.Equal(-1, sequence.FirstSpan.IndexOfAnyExcept((object?)null!));
    }

    [Fact]
    public void Reset_AfterSmallUse_AllocatesNothingFurther()
    {
        using var arena = new Arena<long>();
        arena.Allocate(100);
        arena.Reset();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            arena.Reset();
            arena.Allocate(100);
            arena.Reset();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Disposed_WhileItIsParsedInto_NoOneElseGetsTheMemory()
    {
        var arena = new Arena<int>();
        var sequence = arena.Allocate(100);
        sequence.FirstSpan.Fill(1);

        arena.Dispose();
        using var other = new Arena<int>();
        other.Allocate(100).FirstSpan.Fill(2);

        Assert.Equal(-1, sequence.FirstSpan.IndexOfAnyExcept(1));
        Assert.Equal(5, arena.Allocate(5).Length);
        arena.Reset();
    }

    [Fact]
    public void Allocate_NothingOrLess_IsEmptyOrRefused()
    {
        using var arena = new Arena<int>();

        Assert.True(arena.Allocate(0).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Allocate(-1));
    }

    [Fact]
    public void Options_WhatTheClientHasCompiledIn_AreAccepted()
    {
        _ = new ArenaOptions((ArenaFlags)16, 0, null);

        Assert.Throws<ArgumentOutOfRangeException>(() => new ArenaOptions((ArenaFlags)1));
        Assert.Throws<NotSupportedException>(() => new ArenaOptions(retentionPolicy: (old, _) => old));
    }
}
