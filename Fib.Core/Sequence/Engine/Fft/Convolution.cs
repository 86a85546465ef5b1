using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// The forms of two numbers modulo x^n - i, depth first: a node is split, its children are completed one after another,
/// then joined, so that all work below a node that fits a cache stays in that cache.
/// </summary>
internal readonly unsafe struct Convolution<V, TForm>(RootTable roots, bool both, CancellationToken cancellationToken)
    where V : unmanaged, ILanes<V>
    where TForm : struct, IForm
{
    // Two numbers of this many vectors fit the smallest first-level cache in use, 32 KiB.
    private static nint BlockVectors => 32 * 1024 / sizeof(double) / 2 / ComplexLanes<V>.Stride;

    private static nint CancellableVectors => 64 * BlockVectors;

    private readonly Roots* _roots = roots.Entries;

    /// <summary>
    /// Replaces a by the first form and, if both are requested, b by the second: <see cref="TransformSize.Vectors"/> times too large.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(double* a, double* b, TransformSize size)
    {
        var part = (nint)1 << size.Depth;
        var row = part * ComplexLanes<V>.Stride;
        var odd = new OddStages<V>(roots.OddStages, size.Odd, 1, row);
        odd.Forward(a, part);
        odd.Forward(b, part);
        for (nint k = 0; k < size.Odd; k++)
            Node(a + k * row, b + k * row, size.Odd + k, part);
        odd.Inverse(a, part);
        if (both)
            odd.Inverse(b, part);
    }

    /// <summary>The forms modulo one node of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Node(double* a, double* b, nint node, nint vectors)
    {
        if (vectors <= BlockVectors)
        {
            Block(a, b, node, vectors);
            return;
        }
        if (vectors >= CancellableVectors)
            cancellationToken.ThrowIfCancellationRequested();
        var quarter = vectors / 4;
        var q = quarter * ComplexLanes<V>.Stride;
        Radix4<V>.Forward(a, q, quarter, _roots + node, 1);
        Radix4<V>.Forward(b, q, quarter, _roots + node, 1);
        for (nint k = 0; k < 4; k++)
            Node(a + k * q, b + k * q, 4 * node + k, quarter);
        Radix4<V>.Inverse(a, q, quarter, _roots + node, 1);
        if (both)
            Radix4<V>.Inverse(b, q, quarter, _roots + node, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(double* a, double* b, nint node, nint vectors)
    {
        BlockForward(a, node, vectors);
        BlockForward(b, node, vectors);
        ShortProducts<V, TForm>.Multiply(a, b, _roots + node * vectors / 4, vectors / 4, both);
        BlockInverse(a, node, vectors);
        if (both)
            BlockInverse(b, node, vectors);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlockForward(double* data, nint node, nint vectors)
    {
        nint nodes = 1, width = vectors;
        if (nint.Log2(vectors) % 2 != 0)
        {
            Radix2<V>.Forward(data, width /= 2, _roots + node);
            nodes = 2;
        }
        for (width /= 4; width >= 1; width /= 4, nodes *= 4)
            Radix4<V>.Forward(data, width * ComplexLanes<V>.Stride, width, _roots + node * nodes, nodes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlockInverse(double* data, nint node, nint vectors)
    {
        var nodes = vectors / 4;
        for (nint width = 1; nodes >= 1; width *= 4, nodes /= 4)
            Radix4<V>.Inverse(data, width * ComplexLanes<V>.Stride, width, _roots + node * nodes, nodes);
        if (nint.Log2(vectors) % 2 != 0)
            Radix2<V>.Inverse(data, vectors / 2, _roots + node);
    }
}
