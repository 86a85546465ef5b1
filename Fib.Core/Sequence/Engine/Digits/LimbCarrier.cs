using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>
/// Converts coefficients to balanced limbs. Two carries by whole vectors leave limbs slightly beyond half the base: the redundant
/// form is valid input of the next convolution.
/// </summary>
internal static unsafe class LimbCarrier<V>
    where V : unmanaged, ILanes<V>
{
    /// <param name="data">Coefficients, <paramref name="vectors"/> times too large: the real parts are the lower half.</param>
    /// <param name="vectors">The size of the transform.</param>
    /// <param name="limbBase">10^digits.</param>
    /// <param name="limbs">Receives 2 * vectors * Count limbs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Carry(double* data, nint vectors, int limbBase, int* limbs)
    {
        var scale = V.Broadcast(1.0 / vectors);
        var lower = new CarryChain(limbBase);
        var upper = new CarryChain(limbBase);
        var half = vectors * V.Count;
        for (var end = limbs + half; limbs < end; limbs += V.Count, data += ComplexLanes<V>.Stride)
        {
            lower.Next(V.Load(data) * scale).StoreInt32(limbs);
            upper.Next(V.Load(data + V.Count) * scale).StoreInt32(limbs + half);
        }
        Ripple(limbs, lower.Out, limbBase);
        // Modulo base^(2 half) + 1 the carry out of the top limb is subtracted from the bottom limb.
        Ripple(limbs - half, -upper.Out, limbBase);
    }

    /// <summary>The full carry, limb after limb. The proof requires it; the fast path verifies its result instead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Balance(int* limbs, nint count, int limbBase)
    {
        var carry = 0.0;
        for (var end = limbs + count; limbs < end; limbs++)
        {
            var sum = *limbs + carry;
            carry = Math.Round(sum / limbBase);
            *limbs = (int)(sum - carry * limbBase);
        }
    }

    private static void Ripple(int* limb, double carry, int limbBase)
    {
        for (; carry != 0; limb++)
        {
            var sum = *limb + carry;
            carry = Math.Round(sum / limbBase);
            *limb = (int)(sum - carry * limbBase);
        }
    }

    private struct CarryChain(int limbBase)
    {
        private readonly V _base = V.Broadcast(limbBase);
        private readonly V _inverse = V.Broadcast(1.0 / limbBase);
        private V _first = V.Broadcast(0);
        private V _second = V.Broadcast(0);

        /// <summary>The carry out of the last vector into the limb above it.</summary>
        public readonly double Out
        {
            get
            {
                var lanes = stackalloc double[V.Count];
                (_first + _second).Store(lanes);
                return lanes[V.Count - 1];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Next(V coefficients)
        {
            var exact = coefficients.Round();
            var first = (exact * _inverse).Round();
            var once = first.MultiplySubtractFrom(_base, exact) + first.ShiftIn(_first, 1);
            var second = (once * _inverse).Round();
            var twice = second.MultiplySubtractFrom(_base, once) + second.ShiftIn(_second, 1);
            (_first, _second) = (first, second);
            return twice;
        }
    }
}
