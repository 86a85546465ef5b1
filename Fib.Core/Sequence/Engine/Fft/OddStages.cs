using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>The splits by three and five at the top of the tree, for some columns of all its rows.</summary>
/// <param name="Stages">The splits, the top one first.</param>
/// <param name="Odd">The number of parts after the splits.</param>
/// <param name="Rows">The number of rows of such a part.</param>
/// <param name="Row">The distance of two rows, in doubles.</param>
internal readonly unsafe record struct OddStages<V>(OddStage[] Stages, nint Odd, nint Rows, nint Row)
    where V : unmanaged, ILanes<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(double* data, nint columns)
    {
        var rows = Odd * Rows;
        foreach (var stage in Stages)
        {
            rows /= stage.Radix;
            for (var parent = 0; parent < stage.Parents; parent++)
            {
                for (nint i = 0; i < rows; i++)
                    Split(data + (parent * stage.Radix * rows + i) * Row, stage, rows * Row, columns, parent);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse(double* data, nint columns)
    {
        var rows = Rows;
        for (var k = Stages.Length - 1; k >= 0; k--)
        {
            var stage = Stages[k];
            for (var parent = 0; parent < stage.Parents; parent++)
            {
                for (nint i = 0; i < rows; i++)
                    Join(data + (parent * stage.Radix * rows + i) * Row, stage, rows * Row, columns, parent);
            }
            rows *= stage.Radix;
        }
    }

    private static void Split(double* data, OddStage stage, nint q, nint columns, int parent)
    {
        if (stage.Radix == 3)
            Radix3<V>.Forward(data, q, columns, stage.Twiddles(parent));
        else
            Radix5<V>.Forward(data, q, columns, stage.Twiddles(parent));
    }

    private static void Join(double* data, OddStage stage, nint q, nint columns, int parent)
    {
        if (stage.Radix == 3)
            Radix3<V>.Inverse(data, q, columns, stage.Twiddles(parent));
        else
            Radix5<V>.Inverse(data, q, columns, stage.Twiddles(parent));
    }
}
