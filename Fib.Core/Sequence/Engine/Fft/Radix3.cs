using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>Splits x^3m - c^3 into x^m - c w^k, w the cube root of one, and back (times three).</summary>
internal static unsafe class Radix3<V>
    where V : unmanaged, ILanes<V>
{
    private const double HalfSqrt3 = 0.86602540378443864676;

    /// <param name="data">The first of three rows.</param>
    /// <param name="q">The distance of two rows, in doubles.</param>
    /// <param name="columns">The vectors of each row to split.</param>
    /// <param name="w">c and its square, as real and imaginary parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* data, nint q, nint columns, double* w)
    {
        var w1 = ComplexLanes<V>.Broadcast(w[0], w[1]);
        var w2 = ComplexLanes<V>.Broadcast(w[2], w[3]);
        for (double* p = data, end = data + columns * ComplexLanes<V>.Stride; p < end; p += ComplexLanes<V>.Stride)
        {
            var (y0, y1, y2) = Butterfly(
                ComplexLanes<V>.Load(p), ComplexLanes<V>.Load(p + q) * w1, ComplexLanes<V>.Load(p + 2 * q) * w2);
            y0.Store(p);
            y1.Store(p + q);
            y2.Store(p + 2 * q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(double* data, nint q, nint columns, double* w)
    {
        var w1 = ComplexLanes<V>.Broadcast(w[0], w[1]);
        var w2 = ComplexLanes<V>.Broadcast(w[2], w[3]);
        for (double* p = data, end = data + columns * ComplexLanes<V>.Stride; p < end; p += ComplexLanes<V>.Stride)
        {
            // The inverse butterfly is the forward one with its last two outputs exchanged.
            var (a0, a2, a1) = Butterfly(
                ComplexLanes<V>.Load(p), ComplexLanes<V>.Load(p + q), ComplexLanes<V>.Load(p + 2 * q));
            a0.Store(p);
            a1.TimesConjugate(w1).Store(p + q);
            a2.TimesConjugate(w2).Store(p + 2 * q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ComplexLanes<V>, ComplexLanes<V>, ComplexLanes<V>) Butterfly(
        ComplexLanes<V> a0, ComplexLanes<V> a1, ComplexLanes<V> a2)
    {
        var sum = a1 + a2;
        var difference = a1 - a2;
        var middle = a0.Minus(V.Broadcast(0.5), sum);
        var height = V.Broadcast(HalfSqrt3);
        return (a0 + sum, middle.PlusI(height, difference), middle.MinusI(height, difference));
    }
}
