using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>Splits x^2m - c^2 into x^m - c and x^m + c, and back (times two): one level, used if the number of levels is odd.</summary>
internal static unsafe class Radix2<V>
    where V : unmanaged, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* data, nint half, Roots* roots)
    {
        var q = half * ComplexLanes<V>.Stride;
        var w = ComplexLanes<V>.Broadcast(roots->Re2, roots->Im2);
        for (double* p = data, end = data + q; p < end; p += ComplexLanes<V>.Stride)
        {
            ComplexLanes<V> a0 = ComplexLanes<V>.Load(p), a1 = ComplexLanes<V>.Load(p + q) * w;
            (a0 + a1).Store(p);
            (a0 - a1).Store(p + q);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(double* data, nint half, Roots* roots)
    {
        var q = half * ComplexLanes<V>.Stride;
        var w = ComplexLanes<V>.Broadcast(roots->Re2, roots->Im2);
        for (double* p = data, end = data + q; p < end; p += ComplexLanes<V>.Stride)
        {
            ComplexLanes<V> y0 = ComplexLanes<V>.Load(p), y1 = ComplexLanes<V>.Load(p + q);
            (y0 + y1).Store(p);
            (y0 - y1).TimesConjugate(w).Store(p + q);
        }
    }
}
