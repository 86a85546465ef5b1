using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Threads;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine;

/// <summary>
/// A doubling step whose transforms exceed a second-level cache, in three passes over the memory: limbs to the first splits, by
/// columns; the convolutions of the parts; the last joins to limbs, by columns. The parts of each pass are independent of each other.
/// </summary>
internal sealed unsafe class LargeStep<V, TForm>(
    Convolution<V, TForm> convolution, PartLayout layout, RootTable roots, LimbBase limbBase, Workspace workspace, nint limbs,
    CancellationToken cancellationToken)
    where V : unmanaged, ILanes<V>
    where TForm : struct, IForm
{
    private const int MaxRanges = 16;

    /// <summary>
    /// The columns of a range, unless the threads need more ranges. Long ones: a thread that has a whole number reads less that another
    /// processor has written, and there are fewer carries to pass on.
    /// </summary>
    private const int RangeColumns = 512;

    /// <summary>The columns that pass through the first splits together: as many as the gap between the rows has room for.</summary>
    private static readonly nint BlockColumns = PartLayout.GapBytes / sizeof(double) / ComplexLanes<V>.Stride;

    private readonly OddStages<V> _odd = new(roots.OddStages, layout.Size.Odd, 4, layout.Row);

    private readonly nint _half = (nint)layout.Size.Vectors * V.Count;

    /// <summary>The ranges of the columns of a number, each a part of a pass.</summary>
    private int _ranges;

    /// <summary>The carries out of each range of each row: of the lower and of the upper half.</summary>
    private double[] _carries = [];

    /// <summary>Replaces the limbs of the workspace by those of the forms.</summary>
    public void Run(Team team, bool both)
    {
        var numbers = both ? 2 : 1;
        _ranges = (int)Math.Clamp(layout.Columns / RangeColumns, (team.Threads + numbers - 1) / numbers, MaxRanges);
        team.Run(2 * _ranges, Split);
        team.Run(layout.Rows, Convolve);
        _carries = new double[numbers * _ranges * layout.Rows * 2];
        team.Run(numbers * _ranges, Join);
        for (var number = 0; number < numbers; number++)
            Ripple(number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Split(int part)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var data = Data(part / _ranges);
        var source = Limbs(part / _ranges);
        var end = End(part % _ranges);
        for (var from = Start(part % _ranges); from < end; from += BlockColumns)
        {
            var columns = nint.Min(BlockColumns, end - from);
            for (nint row = 0; row < layout.Rows; row++)
            {
                var first = (row * layout.Columns + from) * V.Count;
                LimbLoader<V>.Load(source + first, nint.Max(0, limbs - first), At(data, row, from), columns);
            }
            _odd.Forward(At(data, 0, from), columns);
            for (nint k = 0; k < layout.Size.Odd; k++)
                Radix4<V>.Forward(At(data, 4 * k, from), layout.Row, columns, roots.Entries + layout.Size.Odd + k, 1);
        }
    }

    private void Convolve(int row)
    {
        cancellationToken.ThrowIfCancellationRequested();
        convolution.Node(At(Data(0), row, 0), At(Data(1), row, 0), layout.Rows + row, layout.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Join(int part)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var data = Data(part / _ranges);
        var target = Limbs(part / _ranges);
        var chains = stackalloc LimbCarrier<V>.Chains[layout.Rows];
        for (var row = 0; row < layout.Rows; row++)
            chains[row] = default;
        var scale = 1.0 / layout.Size.Vectors;
        var end = End(part % _ranges);
        for (var from = Start(part % _ranges); from < end; from += BlockColumns)
        {
            var columns = nint.Min(BlockColumns, end - from);
            for (nint k = 0; k < layout.Size.Odd; k++)
                Radix4<V>.Inverse(At(data, 4 * k, from), layout.Row, columns, roots.Entries + layout.Size.Odd + k, 1);
            _odd.Inverse(At(data, 0, from), columns);
            for (nint row = 0; row < layout.Rows; row++)
            {
                var limb = target + (row * layout.Columns + from) * V.Count;
                chains[row].Carry(At(data, row, from), columns, scale, limbBase.Value, limb, _half);
            }
        }
        for (var row = 0; row < layout.Rows; row++)
            (_carries[Carry(part, row)], _carries[Carry(part, row) + 1]) = (chains[row].Lower, chains[row].Upper);
    }

    /// <summary>Adds the carries out of the ranges to the limbs above them.</summary>
    private void Ripple(int number)
    {
        var target = Limbs(number);
        for (var row = 0; row < layout.Rows; row++)
        {
            for (var range = 0; range < _ranges; range++)
            {
                var carry = Carry(number * _ranges + range, row);
                var above = (row * layout.Columns + End(range)) * V.Count;
                LimbCarrier<V>.Ripple(target + above, _carries[carry], limbBase.Value);
                // Modulo base^(2 half) + 1 the carry out of the top limb is subtracted from the bottom limb.
                var top = above == _half;
                LimbCarrier<V>.Ripple(
                    top ? target : target + _half + above, top ? -_carries[carry + 1] : _carries[carry + 1], limbBase.Value);
            }
        }
    }

    private double* Data(int number) => number == 0 ? workspace.FirstTransform : workspace.SecondTransform;

    private int* Limbs(int number) => number == 0 ? workspace.FirstLimbs : workspace.SecondLimbs;

    private double* At(double* data, nint row, nint column) => data + row * layout.Row + column * ComplexLanes<V>.Stride;

    private nint Start(int range) => layout.Columns * range / _ranges / BlockColumns * BlockColumns;

    private nint End(int range) => range + 1 == _ranges ? layout.Columns : Start(range + 1);

    private int Carry(int part, int row) => 2 * (part * layout.Rows + row);
}
