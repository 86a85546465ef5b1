using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

public sealed class TeamTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_EveryPart_RunsOnce(bool withHelpers)
    {
        using var team = Team.Start(Team.MinIndex, withHelpers);
        for (var count = 1; count < 300; count++)
        {
            var runs = new int[count];
            team.Run(count, part => Interlocked.Increment(ref runs[part]));
            Assert.All(runs, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void Run_FailingPart_ThrowsAfterAllPartsEnded()
    {
        using var team = Team.Start(Team.MinIndex, withHelpers: true);
        var running = 0;
        Assert.Throws<OperationCanceledException>(() => team.Run(100, part =>
        {
            Interlocked.Increment(ref running);
            Thread.Yield();
            Interlocked.Decrement(ref running);
            if (part == 3)
                throw new OperationCanceledException();
        }));
        Assert.Equal(0, running);
    }

    [Theory]
    [MemberData(nameof(EnginePaths.Widths), MemberType = typeof(EnginePaths))]
    public void Compute_WithHelpers_GivesTheSameDigits(int width)
    {
        EnginePaths.SkipUnlessSupported(width);
        // One index for each odd factor of a transform, and each form.
        foreach (var index in new[] { 1_000_000, 1_234_567, 1_500_001, 1_700_000, 2_000_003, 2_500_000, 4_400_001 })
            Assert.Equal(EnginePaths.Compute(index, width, null, withHelpers: false), EnginePaths.Compute(index, width));
    }

    [Fact]
    public void Compute_LargeTermsAtOnce_AreRight()
    {
        int[] indexes = [.. Enumerable.Range(0, 24).Select(i => 1_000_000 + i * 77_777)];
        Parallel.ForEach(indexes, index => Reference.AssertAgrees(index, TermEngine.Compute(index)));
    }
}
