using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>A split of every node into three or five, at the top of the tree.</summary>
internal sealed unsafe class OddStage
{
    /// <summary>The fraction of a full turn at the root, x^n - i: right-angle convolution.</summary>
    public const double Quarter = 0.25;

    private readonly double[] _twiddles;

    private OddStage(int radix, double[] parents)
    {
        Radix = radix;
        Parents = parents.Length;
        Fractions = [.. parents.SelectMany(f => Enumerable.Range(0, radix).Select(k => (f + k) / radix))];
        _twiddles = GC.AllocateUninitializedArray<double>(parents.Length * 2 * (radix - 1), pinned: true);
        for (var i = 0; i < _twiddles.Length / 2; i++)
        {
            var power = i % (radix - 1) + 1;
            var angle = 2 * Math.PI * power * parents[i / (radix - 1)] / radix;
            (_twiddles[2 * i + 1], _twiddles[2 * i]) = Math.SinCos(angle);
        }
    }

    public int Radix { get; }

    /// <summary>Nodes before the split.</summary>
    public int Parents { get; }

    /// <summary>The nodes after the split: x^m - e^(2 pi i fraction).</summary>
    public double[] Fractions { get; }

    /// <summary>The powers 1 .. Radix - 1 of a parent's root.</summary>
    public double* Twiddles(int parent) =>
        (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_twiddles)) + parent * 2 * (Radix - 1);

    public static OddStage[] For(int odd)
    {
        var stages = new List<OddStage>();
        double[] fractions = [Quarter];
        for (var left = odd; left > 1; left /= stages[^1].Radix)
        {
            stages.Add(new OddStage(left % 3 == 0 ? 3 : 5, fractions));
            fractions = stages[^1].Fractions;
        }
        return [.. stages];
    }
}
