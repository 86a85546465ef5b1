using Fib.Core.Sequence;
using Fib.Tests.Support;
using Fib.Worker.Terms;

namespace Fib.Tests.Unit.Worker.Terms;

public sealed class TermLimitsTests
{
    /// <summary>A worker of 128 MiB has 65 for a term and a copy of its digits: its own peak is 63.</summary>
    [Theory]
    [InlineData(128, 10_000_000, true)]
    [InlineData(128, 40_000_000, true)]
    [InlineData(128, 65_000_000, false)]
    [InlineData(128, 90_000_000, false)]
    [InlineData(208, 100_000_000, true)]
    [InlineData(80, 10_000_000, true)]
    [InlineData(64, 1_000_000, true)]
    [InlineData(64, 10_000_000, false)]
    public void FindRejection_AccordingToTheMemory(int mebibytes, int index, bool isAccepted)
    {
        var limits = TermLimits.Read(Settings.Of(("MAXIMUM_INDEX", "100000000")), mebibytes * 1024L * 1024L);
        Assert.Equal(isAccepted, limits.FindRejection(new SequenceIndex(index)) is null);
    }
}
