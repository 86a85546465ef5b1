using Fib.Bench.Engine;
using Fib.Core.Sequence;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

/// <summary>Compares terms with those of GMP, byte for byte; skipped if its library is not installed.</summary>
public sealed class GmpTests
{
    [Theory]
    [InlineData(99)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    [InlineData(3_141_592)]
    [InlineData(10_000_000)]
    public void Compute_EqualsGmp(int index)
    {
        Assert.SkipUnless(Gmp.IsInstalled, $"{Gmp.Library} is not installed");
        var text = new byte[TermEngine.CountDigits(index) + 2];
        Gmp.Compute(index, text);
        Assert.Equal(text[..Array.IndexOf(text, (byte)0)], TermEngine.Compute(index));
    }
}
