using System.Runtime.InteropServices;
using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Bench.Engine;

/// <summary>
/// The largest distance of a coefficient of F(index) = F(k)(2F(k+1) - F(k)), k half the index, from a whole number.
/// </summary>
internal static unsafe class RoundingError
{
    /// <summary>With the kernels of this process.</summary>
    public static double Of(int index, LimbBase limbBase) => KernelChoice.Current switch
    {
        VectorWidth.Avx512 => Of<Lanes512>(index, limbBase),
        VectorWidth.Avx2 => Of<Lanes256>(index, limbBase),
        _ => Of<Lanes128>(index, limbBase),
    };

    private static double Of<V>(int index, LimbBase limbBase)
        where V : unmanaged, ILanes<V>
    {
        var limbs = 2 * V.Count;
        var size = TransformSize.AtLeast((limbBase.Limbs(TermEngine.CountDigits(index) + 1) + limbs - 1) / limbs);
        double* a = Load<V>(index / 2, limbBase, size), b = Load<V>(index / 2 + 1, limbBase, size);
        new Convolution<V, EvenForm>(RootTable.For(size), false, CancellationToken.None).Run(a, b, size);
        var worst = 0.0;
        for (var i = 0; i < limbs * size.Vectors; i++)
            worst = Math.Max(worst, Math.Abs(a[i] / size.Vectors - Math.Round(a[i] / size.Vectors)));
        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        return worst;
    }

    private static double* Load<V>(int index, LimbBase limbBase, TransformSize size)
        where V : unmanaged, ILanes<V>
    {
        var limbs = new int[V.Count * size.Vectors];
        var digits = TermEngine.Compute(index);
        var carry = 0;
        for (var i = 0; i <= limbBase.Limbs(digits.Length); i++)
        {
            var end = Math.Max(0, digits.Length - i * limbBase.Digits);
            var part = digits.AsSpan(Math.Max(0, end - limbBase.Digits)..end);
            var limb = carry + (part.IsEmpty ? 0 : int.Parse(part, null));
            carry = limb > limbBase.Value / 2 ? 1 : 0;
            limbs[i] = limb - carry * limbBase.Value;
        }
        var data = (double*)NativeMemory.AlignedAlloc((nuint)(16 * limbs.Length), 64);
        fixed (int* source = limbs)
            LimbLoader<V>.Load(source, limbs.Length, data, size.Vectors);
        return data;
    }
}
