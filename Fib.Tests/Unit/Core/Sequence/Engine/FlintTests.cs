using Fib.Bench.Engine;
using Fib.Core.Sequence;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

/// <summary>Compares terms with those of FLINT, byte for byte; skipped if it is not installed.</summary>
public sealed class FlintTests
{
    [Theory]
    [InlineData(99)]
    [InlineData(65_536)]
    [InlineData(3_141_592)]
    public void Compute_EqualsFlint(int index)
    {
        Assert.SkipUnless(Flint.IsInstalled, $"{Flint.Library} is not installed");
        var text = new byte[TermEngine.CountDigits(index) + 2];
        using var flint = new Flint(text.Length);
        flint.Compute(index, text);
        Assert.Equal(text[..Array.IndexOf(text, (byte)0)], TermEngine.Compute(index));
    }
}
