using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// The bottom of the tree: one vector holds one polynomial modulo x^Count - y, which is multiplied directly.
/// That costs as much as further splits, and needs neither tables nor transposition.
/// </summary>
internal static unsafe class ShortProducts<V, TForm>
    where V : unmanaged, ILanes<V>
    where TForm : struct, IForm
{
    /// <summary>Replaces a, and b if <paramref name="both"/>, by the forms: the four lowest children of each node in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(double* a, double* b, Roots* roots, nint count, bool both)
    {
        var scratch = stackalloc double[2 * V.Count + 8];
        scratch = (double*)(((nint)scratch + 63) & ~63);
        for (var last = roots + count; roots < last; roots++)
        {
            var (re, im) = (roots->Re1, roots->Im1);
            for (var child = 0; child < 4; child++, a += ComplexLanes<V>.Stride, b += ComplexLanes<V>.Stride)
            {
                var y = ComplexLanes<V>.Broadcast(re, im);
                ComplexLanes<V> x0 = ComplexLanes<V>.Load(a), x1 = ComplexLanes<V>.Load(b);
                var (u, v) = TForm.First(x0, x1);
                u.Store(scratch);
                Product(scratch, v, v * y).Store(a);
                if (both)
                {
                    (u, v) = TForm.Second(x0, x1);
                    u.Store(scratch);
                    Product(scratch, v, v * y).Store(b);
                }
                // c, -c, ic, -ic.
                (re, im) = child == 1 ? (im, -re) : (-re, -im);
            }
        }
    }

    /// <summary>Sum of u[k] x^k v modulo x^Count - y, where <paramref name="yv"/> is y v: its lanes enter when v is shifted up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ComplexLanes<V> Product(double* u, ComplexLanes<V> v, ComplexLanes<V> yv)
    {
        var uRe = V.Broadcast(u[0]);
        var uIm = V.Broadcast(u[V.Count]);
        // The products with the real and with the imaginary parts of u are summed apart: two chains per component hide the latency.
        var byRe = new ComplexLanes<V>(uRe * v.Re, uRe * v.Im);
        var byIm = new ComplexLanes<V>(uIm * v.Re, uIm * v.Im);
        if (V.Count > 1)
            Step(u, v, yv, 1, ref byRe, ref byIm);
        if (V.Count > 2)
        {
            Step(u, v, yv, 2, ref byRe, ref byIm);
            Step(u, v, yv, 3, ref byRe, ref byIm);
        }
        if (V.Count > 4)
        {
            Step(u, v, yv, 4, ref byRe, ref byIm);
            Step(u, v, yv, 5, ref byRe, ref byIm);
            Step(u, v, yv, 6, ref byRe, ref byIm);
            Step(u, v, yv, 7, ref byRe, ref byIm);
        }
        return byRe.PlusI(byIm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        double* u, ComplexLanes<V> v, ComplexLanes<V> yv, int k, ref ComplexLanes<V> byRe, ref ComplexLanes<V> byIm)
    {
        var moved = new ComplexLanes<V>(v.Re.ShiftIn(yv.Re, k), v.Im.ShiftIn(yv.Im, k));
        byRe = byRe.Plus(V.Broadcast(u[k]), moved);
        byIm = byIm.Plus(V.Broadcast(u[V.Count + k]), moved);
    }
}
