using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>Splits x^5m - c^5 into x^m - c w^k, w the fifth root of one, and back (times five).</summary>
internal static unsafe class Radix5<V>
    where V : unmanaged, ILanes<V>
{
    private const double Cos1 = 0.30901699437494742410;
    private const double Cos2 = -0.80901699437494742410;
    private const double Sin1 = 0.95105651629515357212;
    private const double Sin2 = 0.58778525229247312917;

    /// <param name="data">The first of five rows.</param>
    /// <param name="q">The distance of two rows, in doubles.</param>
    /// <param name="columns">The vectors of each row to split.</param>
    /// <param name="w">c and its powers up to the fourth, as real and imaginary parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* data, nint q, nint columns, double* w)
    {
        for (double* p = data, end = data + columns * ComplexLanes<V>.Stride; p < end; p += ComplexLanes<V>.Stride)
        {
            ComplexLanes<V> a0 = ComplexLanes<V>.Load(p), a1 = ComplexLanes<V>.Load(p + q) * Power(w, 1);
            var a2 = ComplexLanes<V>.Load(p + 2 * q) * Power(w, 2);
            var a3 = ComplexLanes<V>.Load(p + 3 * q) * Power(w, 3);
            var a4 = ComplexLanes<V>.Load(p + 4 * q) * Power(w, 4);
            var (y0, y1, y2, y3, y4) = Butterfly(a0, a1, a2, a3, a4);
            y0.Store(p);
            y1.Store(p + q);
            y2.Store(p + 2 * q);
            y3.Store(p + 3 * q);
            y4.Store(p + 4 * q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(double* data, nint q, nint columns, double* w)
    {
        for (double* p = data, end = data + columns * ComplexLanes<V>.Stride; p < end; p += ComplexLanes<V>.Stride)
        {
            ComplexLanes<V> y0 = ComplexLanes<V>.Load(p), y1 = ComplexLanes<V>.Load(p + q);
            ComplexLanes<V> y2 = ComplexLanes<V>.Load(p + 2 * q), y3 = ComplexLanes<V>.Load(p + 3 * q);
            // The inverse butterfly is the forward one with its outputs mirrored.
            var (a0, a4, a3, a2, a1) = Butterfly(y0, y1, y2, y3, ComplexLanes<V>.Load(p + 4 * q));
            a0.Store(p);
            a1.TimesConjugate(Power(w, 1)).Store(p + q);
            a2.TimesConjugate(Power(w, 2)).Store(p + 2 * q);
            a3.TimesConjugate(Power(w, 3)).Store(p + 3 * q);
            a4.TimesConjugate(Power(w, 4)).Store(p + 4 * q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<V> Power(double* w, int exponent) =>
        ComplexLanes<V>.Broadcast(w[2 * exponent - 2], w[2 * exponent - 1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ComplexLanes<V>, ComplexLanes<V>, ComplexLanes<V>, ComplexLanes<V>, ComplexLanes<V>) Butterfly(
        ComplexLanes<V> a0, ComplexLanes<V> a1, ComplexLanes<V> a2, ComplexLanes<V> a3, ComplexLanes<V> a4)
    {
        V cos1 = V.Broadcast(Cos1), cos2 = V.Broadcast(Cos2), sin1 = V.Broadcast(Sin1), sin2 = V.Broadcast(Sin2);
        ComplexLanes<V> near = a1 + a4, far = a2 + a3, nearGap = a1 - a4, farGap = a2 - a3;
        var even1 = a0.Plus(cos1, near).Plus(cos2, far);
        var even2 = a0.Plus(cos2, near).Plus(cos1, far);
        var odd1 = nearGap.Times(sin1).Plus(sin2, farGap);
        var odd2 = nearGap.Times(sin2).Minus(sin1, farGap);
        return (a0 + near + far, even1.PlusI(odd1), even2.PlusI(odd2), even2.MinusI(odd2), even1.MinusI(odd1));
    }
}
