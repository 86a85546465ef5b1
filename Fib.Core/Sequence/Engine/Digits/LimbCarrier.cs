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
        var half = vectors * V.Count;
        var chains = default(Chains);
        chains.Carry(data, vectors, 1.0 / vectors, limbBase, limbs, half);
        Ripple(limbs + half, chains.Lower, limbBase);
        // Modulo base^(2 half) + 1 the carry out of the top limb is subtracted from the bottom limb.
        Ripple(limbs, -chains.Upper, limbBase);
    }

    /// <summary>Adds a carry to a limb and those above it.</summary>
    public static void Ripple(int* limb, double carry, int limbBase)
    {
        for (; carry != 0; limb++)
        {
            var sum = *limb + carry;
            carry = Math.Round(sum / limbBase);
            *limb = (int)(sum - carry * limbBase);
        }
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

    /// <summary>The carries of the lower and of the upper half through neighbouring coefficients.</summary>
    public struct Chains
    {
        private Chain _lower, _upper;

        /// <summary>The carry out of the lower half's last vector into the limb above it.</summary>
        public readonly double Lower => _lower.Out;

        /// <summary>The carry out of the upper half's last vector into the limb above it.</summary>
        public readonly double Upper => _upper.Out;

        /// <summary>Carries through the next vectors; the limbs of the upper half are <paramref name="half"/> higher.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Carry(double* data, nint vectors, double scale, int limbBase, int* limbs, nint half)
        {
            var (lower, upper) = (_lower, _upper);
            V factor = V.Broadcast(scale), radix = V.Broadcast(limbBase), inverse = V.Broadcast(1.0 / limbBase);
            for (var end = limbs + vectors * V.Count; limbs < end; limbs += V.Count, data += ComplexLanes<V>.Stride)
            {
                lower.Next(V.Load(data) * factor, radix, inverse).StoreInt32(limbs);
                upper.Next(V.Load(data + V.Count) * factor, radix, inverse).StoreInt32(limbs + half);
            }
            (_lower, _upper) = (lower, upper);
        }
    }

    private struct Chain
    {
        private V _first, _second;

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
        public V Next(V coefficients, V radix, V inverse)
        {
            var exact = coefficients.Round();
            var first = (exact * inverse).Round();
            var once = first.MultiplySubtractFrom(radix, exact) + first.ShiftIn(_first, 1);
            var second = (once * inverse).Round();
            var twice = second.MultiplySubtractFrom(radix, once) + second.ShiftIn(_second, 1);
            (_first, _second) = (first, second);
            return twice;
        }
    }
}
