using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine;

namespace Fib.Tests.Unit.Core.Sequence;

public sealed class TermEngineContractTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(TermEngine.MaxIndex + 1)]
    public void Compute_IndexOutOfRange_Throws(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TermEngine.Compute(index));

    [Fact]
    public void CountDigits_EqualsTheLengthOfTheTerm()
    {
        for (var index = 0; index <= 20_000; index += index < 3000 ? 1 : 997)
            Assert.Equal(TermEngine.Compute(index).Length, TermEngine.CountDigits(index));
        Assert.Equal(20_898_764, TermEngine.CountDigits(100_000_000));
        Assert.Equal(208_987_640, TermEngine.CountDigits(TermEngine.MaxIndex));
    }

    [Fact]
    public void EstimateMemory_IncludesTheResultAndIsSmall()
    {
        for (var index = 0; index <= 10_000_000; index += 99_991)
            Assert.InRange(TermEngine.EstimateMemory(index), TermEngine.CountDigits(index), 20_000_000);
    }

    [Fact]
    public void Compute_CorruptedDigit_IsDetectedCountedAndComputedAgain()
    {
        const int Index = 54_321;
        var raised = new List<int>();
        void OnRecomputing(int index) => raised.Add(index);
        var before = TermEngine.Recomputed;
        TermEngine.Recomputing += OnRecomputing;
        var digits = EnginePaths.Compute(Index, (int)VectorWidth.Portable, term => term.Span[term.Length / 2] ^= 1);
        TermEngine.Recomputing -= OnRecomputing;
        Assert.Equal(TermEngine.Compute(Index), digits);
        Assert.Equal(before + 1, TermEngine.Recomputed);
        Assert.Equal([Index], raised);
    }

    [Fact]
    public void Compute_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        var progress = new RecordingProgress(share => { if (share > 0.1) source.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => TermEngine.Compute(5_000_000, progress, source.Token));
        Assert.DoesNotContain(progress.Shares, share => share > 0.9);
        Assert.Throws<OperationCanceledException>(() => TermEngine.WarmUp(source.Token));
    }

    [Fact]
    public void Compute_ReportsRisingProgressThatEndsAtOne()
    {
        var progress = new RecordingProgress(_ => { });
        TermEngine.Compute(2_000_000, progress);
        Assert.Equal(progress.Shares.Order(), progress.Shares);
        Assert.InRange(progress.Shares.Count, 5, 100);
        Assert.Equal(1, progress.Shares[^1]);
    }

    [Fact]
    public void Compute_OnManyThreads_IsThreadSafe()
    {
        int[] indexes = [.. Enumerable.Range(0, 400).Select(i => i * i * 3)];
        var expected = indexes.Select(index => TermEngine.Compute(index)).ToArray();
        Parallel.For(0, indexes.Length, i => Assert.Equal(expected[i], TermEngine.Compute(indexes[i])));
    }

    [Fact]
    public void Compute_AfterWarmUp_AllocatesOnlyTheTerm()
    {
        const int Index = 200_000;
        TermEngine.Compute(Index);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var digits = TermEngine.Compute(Index);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, digits.Length, digits.Length + 64);
    }

    [Fact]
    public void Compute_IntoMemory_WritesTheTermAndAllocatesNothing()
    {
        foreach (var index in (int[])[0, 90, 91, 92, 93, 200_000])
        {
            var digits = new byte[TermEngine.CountDigits(index)];
            TermEngine.Compute(index, digits);
            Assert.Equal(TermEngine.Compute(index), digits);
            digits.AsSpan().Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            TermEngine.Compute(index, digits);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.Equal(TermEngine.Compute(index), digits);
        }
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 3)]
    [InlineData(100_000, 20_900)]
    [InlineData(100_000, 0)]
    public void Compute_IntoMemoryOfAnotherLength_Throws(int index, int length)
    {
        var exception = Assert.Throws<ArgumentException>(() => TermEngine.Compute(index, new byte[length]));
        Assert.Contains($"F({index}) has {TermEngine.CountDigits(index)} digits, not {length}.", exception.Message);
    }

    private sealed class RecordingProgress(Action<double> onReport) : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public void Report(double value)
        {
            Shares.Add(value);
            onReport(value);
        }
    }
}
