using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// Splits x^4m - c^4 into x^m - c, x^m + c, x^m - ic and x^m + ic, and back (times four).
/// The two square roots c^2 and c are all a node needs, the same for its m columns.
/// </summary>
internal static unsafe class Radix4<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Splits <paramref name="count"/> neighbouring nodes of 4 * <paramref name="quarter"/> vectors each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* data, nint quarter, double* roots, nint node, nint count)
    {
        var q = quarter * ComplexLanes<V>.Stride;
        for (var last = node + count; node < last; node++, data += 4 * q)
        {
            var outer = roots + 2 * node;
            var inner = roots + 4 * node;
            V tan2 = V.Broadcast(outer[0]), cos2 = V.Broadcast(outer[1]);
            V tan1 = V.Broadcast(inner[0]), cos1 = V.Broadcast(inner[1]);
            for (double* p = data, end = data + q; p < end; p += ComplexLanes<V>.Stride)
            {
                var a0 = ComplexLanes<V>.Load(p);
                var a1 = ComplexLanes<V>.Load(p + q);
                var a2 = ComplexLanes<V>.Load(p + 2 * q).Turn(tan2);
                var a3 = ComplexLanes<V>.Load(p + 3 * q).Turn(tan2);
                var b0 = a0.Plus(cos2, a2);
                var b1 = a1.Plus(cos2, a3).Turn(tan1);
                var b2 = a0.Minus(cos2, a2);
                var b3 = a1.Minus(cos2, a3).Turn(tan1);
                b0.Plus(cos1, b1).Store(p);
                b0.Minus(cos1, b1).Store(p + q);
                b2.PlusI(cos1, b3).Store(p + 2 * q);
                b2.MinusI(cos1, b3).Store(p + 3 * q);
            }
        }
    }

    /// <summary>The way back: joins what <see cref="Forward"/> split, four times too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(double* data, nint quarter, double* roots, nint node, nint count)
    {
        var q = quarter * ComplexLanes<V>.Stride;
        for (var last = node + count; node < last; node++, data += 4 * q)
        {
            var (w1, w2, w3) = Powers(roots, node);
            for (double* p = data, end = data + q; p < end; p += ComplexLanes<V>.Stride)
            {
                var y0 = ComplexLanes<V>.Load(p);
                var y1 = ComplexLanes<V>.Load(p + q);
                var y2 = ComplexLanes<V>.Load(p + 2 * q);
                var y3 = ComplexLanes<V>.Load(p + 3 * q);
                var even = y0 + y1;
                var odd = y0 - y1;
                var evenI = y2 + y3;
                var oddI = y2 - y3;
                (even + evenI).Store(p);
                odd.MinusI(oddI).TimesConjugate(w1).Store(p + q);
                (even - evenI).TimesConjugate(w2).Store(p + 2 * q);
                odd.PlusI(oddI).TimesConjugate(w3).Store(p + 3 * q);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ComplexLanes<V> C, ComplexLanes<V> C2, ComplexLanes<V> C3) Powers(double* roots, nint node)
    {
        double re1 = roots[4 * node + 1], im1 = re1 * roots[4 * node];
        double re2 = roots[2 * node + 1], im2 = re2 * roots[2 * node];
        return (ComplexLanes<V>.Broadcast(re1, im1), ComplexLanes<V>.Broadcast(re2, im2),
            ComplexLanes<V>.Broadcast(re1 * re2 - im1 * im2, re1 * im2 + im1 * re2));
    }
}
