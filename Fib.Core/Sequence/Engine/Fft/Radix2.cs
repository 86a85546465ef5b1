using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>Splits x^2 - c^2 into x - c and x + c, and back (times two): the last level where their number is odd.</summary>
internal static unsafe class Radix2<V>
    where V : unmanaged, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(double* data, double* roots, nint node, nint count)
    {
        for (var last = node + count; node < last; node++, data += 2 * ComplexLanes<V>.Stride)
        {
            V tan = V.Broadcast(roots[2 * node]), cos = V.Broadcast(roots[2 * node + 1]);
            var a = ComplexLanes<V>.Load(data);
            var b = ComplexLanes<V>.Load(data + ComplexLanes<V>.Stride).Turn(tan);
            a.Plus(cos, b).Store(data);
            a.Minus(cos, b).Store(data + ComplexLanes<V>.Stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Inverse(double* data, double* roots, nint node, nint count)
    {
        for (var last = node + count; node < last; node++, data += 2 * ComplexLanes<V>.Stride)
        {
            var cos = roots[2 * node + 1];
            var w = ComplexLanes<V>.Broadcast(cos, cos * roots[2 * node]);
            var y0 = ComplexLanes<V>.Load(data);
            var y1 = ComplexLanes<V>.Load(data + ComplexLanes<V>.Stride);
            (y0 + y1).Store(data);
            (y0 - y1).TimesConjugate(w).Store(data + ComplexLanes<V>.Stride);
        }
    }
}
