using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// The forms of two numbers modulo x^n - i, depth first: a node is split, its children are completed one after another,
/// then joined, so that all work below a node that fits a cache stays in that cache.
/// </summary>
internal readonly unsafe ref struct Convolution<V, TForm>(RootTable roots, bool both, CancellationToken cancellationToken)
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
        OddForward(a, size);
        cancellationToken.ThrowIfCancellationRequested();
        OddForward(b, size);
        var part = (nint)1 << size.Depth;
        for (nint k = 0; k < size.Odd; k++)
            Node(a + k * part * ComplexLanes<V>.Stride, b + k * part * ComplexLanes<V>.Stride, size.Odd + k, part);
        cancellationToken.ThrowIfCancellationRequested();
        OddInverse(a, size);
        if (both)
            OddInverse(b, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Node(double* a, double* b, nint node, nint vectors)
    {
        if (vectors <= BlockVectors)
        {
            Block(a, b, node, vectors);
            return;
        }
        if (vectors >= CancellableVectors)
            cancellationToken.ThrowIfCancellationRequested();
        var quarter = vectors / 4;
        Radix4<V>.Forward(a, quarter, _roots + node, 1);
        Radix4<V>.Forward(b, quarter, _roots + node, 1);
        for (nint k = 0; k < 4; k++)
            Node(a + k * quarter * ComplexLanes<V>.Stride, b + k * quarter * ComplexLanes<V>.Stride, 4 * node + k, quarter);
        Radix4<V>.Inverse(a, quarter, _roots + node, 1);
        if (both)
            Radix4<V>.Inverse(b, quarter, _roots + node, 1);
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
        for (; width >= 4; nodes *= 4)
            Radix4<V>.Forward(data, width /= 4, _roots + node * nodes, nodes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BlockInverse(double* data, nint node, nint vectors)
    {
        var nodes = vectors / 4;
        for (nint width = 1; nodes >= 1; width *= 4, nodes /= 4)
            Radix4<V>.Inverse(data, width, _roots + node * nodes, nodes);
        if (nint.Log2(vectors) % 2 != 0)
            Radix2<V>.Inverse(data, vectors / 2, _roots + node);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OddForward(double* data, TransformSize size)
    {
        var vectors = size.Vectors;
        foreach (var stage in roots.OddStages)
        {
            for (var parent = 0; parent < stage.Parents; parent++)
                Split(data + parent * vectors * ComplexLanes<V>.Stride, stage, vectors / stage.Radix, parent);
            vectors /= stage.Radix;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OddInverse(double* data, TransformSize size)
    {
        var part = (nint)1 << size.Depth;
        for (var i = roots.OddStages.Length - 1; i >= 0; i--)
        {
            var stage = roots.OddStages[i];
            for (var parent = 0; parent < stage.Parents; parent++)
                Join(data + parent * part * stage.Radix * ComplexLanes<V>.Stride, stage, part, parent);
            part *= stage.Radix;
        }
    }

    private static void Split(double* data, OddStage stage, nint part, int parent)
    {
        if (stage.Radix == 3)
            Radix3<V>.Forward(data, part, stage.Twiddles(parent));
        else
            Radix5<V>.Forward(data, part, stage.Twiddles(parent));
    }

    private static void Join(double* data, OddStage stage, nint part, int parent)
    {
        if (stage.Radix == 3)
            Radix3<V>.Inverse(data, part, stage.Twiddles(parent));
        else
            Radix5<V>.Inverse(data, part, stage.Twiddles(parent));
    }
}
