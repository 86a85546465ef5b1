using System.Numerics;
using System.Runtime.InteropServices;
using Fib.Core.Sequence.Engine;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

/// <summary>The convolution alone, with the digits that cause its largest rounding errors.</summary>
public sealed unsafe class ConvolutionTests
{
    private const int Base = 100_000;

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var width in Enum.GetValues<VectorWidth>())
            {
                foreach (var digits in new[] { "nines", "largest", "smallest", "alternating", "sparse", "random", "one" })
                    cases.Add((int)width, digits);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forms_EqualBigInteger(int width, string digits)
    {
        EnginePaths.SkipUnlessSupported(width);
        foreach (var vectors in new[] { 4, 8, 12, 16, 20, 32, 36, 60, 64, 96, 144, 160, 240, 1024, 1152, 1280, 1920 })
        {
            // Twice the largest balanced digit: only the first terms of the engine, of 64 bits, are not balanced.
            if (digits == "nines" && vectors > 240)
                break;
            var size = TransformSize.AtLeast(vectors);
            var half = size.Vectors * ((VectorWidth)width).Lanes();
            int[] a = Limbs(digits, half, 1), b = Limbs(digits, half, 2);
            var (x, y) = (Value(a), Value(b));
            var (first, second) = Multiply<EvenForm>(a, b, size, (VectorWidth)width);
            AssertCongruent(x * (2 * y - x), first, half);
            AssertCongruent(x * x + y * y, second, half);
            (first, second) = Multiply<OddForm>(a, b, size, (VectorWidth)width);
            AssertCongruent(x * x + y * y, first, half);
            AssertCongruent(y * (2 * x + y), second, half);
        }
    }

    private static int[] Limbs(string digits, int count, int seed)
    {
        var random = new Random(seed);
        Func<int, int> limb = digits switch
        {
            "nines" => _ => Base - 1,
            "largest" => _ => Base / 2,
            "smallest" => _ => -Base / 2,
            "alternating" => i => i % 2 == 0 ? Base / 2 : -Base / 2,
            "sparse" => i => i % 37 == seed ? Base / 2 : 0,
            "random" => _ => random.Next(-Base / 2, Base / 2 + 1),
            _ => i => i == count - 1 ? 1 : 0,
        };
        return [.. Enumerable.Range(0, count).Select(limb)];
    }

    private static (BigInteger First, BigInteger Second) Multiply<TForm>(int[] a, int[] b, TransformSize size, VectorWidth width)
        where TForm : struct, IForm => width switch
        {
            VectorWidth.Avx512 => Multiply<Lanes512, TForm>(a, b, size),
            VectorWidth.Avx2 => Multiply<Lanes256, TForm>(a, b, size),
            _ => Multiply<Lanes128, TForm>(a, b, size),
        };

    private static (BigInteger First, BigInteger Second) Multiply<V, TForm>(int[] a, int[] b, TransformSize size)
        where V : unmanaged, ILanes<V>
        where TForm : struct, IForm
    {
        var bytes = (nuint)(2 * sizeof(double) * a.Length);
        double* first = (double*)NativeMemory.AlignedAlloc(bytes, 64), second = (double*)NativeMemory.AlignedAlloc(bytes, 64);
        var roots = RootTable.For(size);
        fixed (int* limbsA = a, limbsB = b)
        {
            LimbLoader<V>.Load(limbsA, a.Length, first, size.Vectors);
            LimbLoader<V>.Load(limbsB, b.Length, second, size.Vectors);
        }
        new Convolution<V, TForm>(roots, true, CancellationToken.None).Run(first, second, size);
        GC.KeepAlive(roots);
        var products = (Carry<V>(first, size), Carry<V>(second, size));
        NativeMemory.AlignedFree(first);
        NativeMemory.AlignedFree(second);
        return products;
    }

    private static BigInteger Carry<V>(double* data, TransformSize size)
        where V : unmanaged, ILanes<V>
    {
        var limbs = new int[2 * size.Vectors * V.Count];
        fixed (int* target = limbs)
            LimbCarrier<V>.Carry(data, size.Vectors, Base, target);
        return Value(limbs);
    }

    private static BigInteger Value(ReadOnlySpan<int> limbs) => limbs.Length <= 16
        ? Schoolbook(limbs)
        : Value(limbs[..(limbs.Length / 2)]) + Value(limbs[(limbs.Length / 2)..]) * BigInteger.Pow(Base, limbs.Length / 2);

    private static BigInteger Schoolbook(ReadOnlySpan<int> limbs)
    {
        BigInteger value = 0;
        for (var i = limbs.Length - 1; i >= 0; i--)
            value = value * Base + limbs[i];
        return value;
    }

    /// <summary>The part above 2 * half limbs is subtracted from the bottom.</summary>
    private static void AssertCongruent(BigInteger expected, BigInteger actual, int half) =>
        Assert.True(((expected - actual) % (BigInteger.Pow(Base, 2 * half) + 1)).IsZero);
}
