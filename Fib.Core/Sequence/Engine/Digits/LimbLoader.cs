using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>Converts limbs to the coefficients of a right-angle transform: the lower half real, the upper (imaginary) half zero.</summary>
internal static unsafe class LimbLoader<V>
    where V : unmanaged, ILanes<V>
{
    /// <param name="limbs">Least significant first.</param>
    /// <param name="count">The number of limbs, a multiple of eight; the other coefficients are zero.</param>
    /// <param name="data">Receives the coefficients.</param>
    /// <param name="vectors">The size of the transform.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(int* limbs, nint count, double* data, nint vectors)
    {
        var zero = V.Broadcast(0);
        var end = data + vectors * ComplexLanes<V>.Stride;
        for (var last = limbs + Math.Min(count, vectors * V.Count); limbs < last; limbs += V.Count)
        {
            new ComplexLanes<V>(V.LoadInt32(limbs), zero).Store(data);
            data += ComplexLanes<V>.Stride;
        }
        for (; data < end; data += ComplexLanes<V>.Stride)
            new ComplexLanes<V>(zero, zero).Store(data);
    }
}
