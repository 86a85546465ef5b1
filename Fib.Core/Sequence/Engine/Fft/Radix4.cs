using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// Splits x^4m - c^4 into x^m - c, x^m + c, x^m - ic and x^m + ic, and back (times four).
/// A node needs only three powers of c, the same for its m columns.
/// </summary>
internal static unsafe class Radix4<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Splits <paramref name="count"/> neighbouring nodes of four rows each.</summary>
    /// <param name="data">The first row.</param>
    /// <param name="q">The distance of two rows, in doubles.</param>
    /// <param name="columns">The vectors of each row to split.</param>
    /// <param name="roots">The roots of the first node.</param>
    /// <param name="count">The number of nodes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* data, nint q, nint columns, Roots* roots, nint count)
    {
        for (var last = roots + count; roots < last; roots++, data += 4 * q)
        {
            var w1 = ComplexLanes<V>.Broadcast(roots->Re1, roots->Im1);
            var w2 = ComplexLanes<V>.Broadcast(roots->Re2, roots->Im2);
            var w3 = ComplexLanes<V>.Broadcast(roots->Re3, roots->Im3);
            for (double* p = data, end = data + columns * ComplexLanes<V>.Stride; p < end; p += ComplexLanes<V>.Stride)
            {
                var a0 = ComplexLanes<V>.Load(p);
                var a1 = ComplexLanes<V>.Load(p + q) * w1;
                var a2 = ComplexLanes<V>.Load(p + 2 * q) * w2;
                var a3 = ComplexLanes<V>.Load(p + 3 * q) * w3;
                ComplexLanes<V> even = a0 + a2, evenI = a0 - a2, odd = a1 + a3, oddI = a1 - a3;
                (even + odd).Store(p);
                (even - odd).Store(p + q);
                evenI.PlusI(oddI).Store(p + 2 * q);
                evenI.MinusI(oddI).Store(p + 3 * q);
            }
        }
    }

    /// <summary>The inverse of <see cref="Forward"/>: joins the nodes, four times too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(double* data, nint q, nint columns, Roots* roots, nint count)
    {
        for (var last = roots + count; roots < last; roots++, data += 4 * q)
        {
            var w1 = ComplexLanes<V>.Broadcast(roots->Re1, roots->Im1);
            var w2 = ComplexLanes<V>.Broadcast(roots->Re2, roots->Im2);
            var w3 = ComplexLanes<V>.Broadcast(roots->Re3, roots->Im3);
            for (double* p = data, end = data + columns * ComplexLanes<V>.Stride; p < end; p += ComplexLanes<V>.Stride)
            {
                ComplexLanes<V> y0 = ComplexLanes<V>.Load(p), y1 = ComplexLanes<V>.Load(p + q);
                ComplexLanes<V> y2 = ComplexLanes<V>.Load(p + 2 * q), y3 = ComplexLanes<V>.Load(p + 3 * q);
                ComplexLanes<V> even = y0 + y1, odd = y0 - y1, evenI = y2 + y3, oddI = y2 - y3;
                (even + evenI).Store(p);
                odd.MinusI(oddI).TimesConjugate(w1).Store(p + q);
                (even - evenI).TimesConjugate(w2).Store(p + 2 * q);
                odd.PlusI(oddI).TimesConjugate(w3).Store(p + 3 * q);
            }
        }
    }
}
