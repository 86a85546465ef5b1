using System.Globalization;
using System.Numerics;
using System.Text;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

public sealed unsafe class AsciiWriterTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void Write_BorrowsRunningThroughZeros_EqualsBigInteger(int digitsPerLimb)
    {
        var limbBase = new LimbBase(digitsPerLimb);
        var random = new Random(digitsPerLimb);
        for (var count = 1; count < 80; count++)
        {
            // Mostly zeros, so that borrows propagate far; the top limb keeps the number positive.
            var limbs = Enumerable.Range(0, count + 8)
                .Select(i => i >= count ? 0
                    : i == count - 1 ? 7
                    : random.Next(3) > 0 ? 0
                    : random.Next(-limbBase.Value + 1, limbBase.Value))
                .ToArray();
            var value = BigInteger.Zero;
            for (var i = count - 1; i >= 0; i--)
                value = value * limbBase.Value + limbs[i];
            var expected = $"{value}";
            Assert.Equal(expected, Write(limbs, limbBase, expected.Length));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Write_EveryLimb_EqualsItsDigits(int digitsPerLimb)
    {
        var limbBase = new LimbBase(digitsPerLimb);
        var limbs = new int[8];
        for (var value = 0; value < limbBase.Value; value += 8)
        {
            var expected = "";
            for (var i = 0; i < 8; i++)
                expected = $"{(limbs[i] = value + i).ToString($"D{digitsPerLimb}", CultureInfo.InvariantCulture)}{expected}";
            Assert.Equal(expected, Write(limbs, limbBase, 8 * digitsPerLimb));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    public void Write_BorrowThroughEveryPart_BorrowsFromTheTop(int digitsPerLimb)
    {
        const int Length = 120_000;
        var limbs = new int[Length / digitsPerLimb + 8];
        limbs[0] = -1;
        limbs[Length / digitsPerLimb - 1] = 7;
        var top = "6".PadLeft(digitsPerLimb, '0');
        Assert.Equal(top + new string('9', Length - digitsPerLimb), Write(limbs, new LimbBase(digitsPerLimb), Length));
    }

    private static string Write(int[] limbs, LimbBase limbBase, int length)
    {
        var digits = new byte[length];
        using var team = Team.Start(0, withHelpers: false);
        fixed (int* source = limbs)
            AsciiWriter.Write(source, limbBase, digits, team);
        return Encoding.ASCII.GetString(digits);
    }
}
