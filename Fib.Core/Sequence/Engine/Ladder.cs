using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine;

/// <summary>Computes a term by doubling steps, each of them: limbs, transforms, products, inverse transforms, limbs.</summary>
internal static unsafe class Ladder<V>
    where V : unmanaged, ILanes<V>
{
    // The limbs of the first terms: more than 64 bits need, and a whole number of vectors of any width.
    private const int StartLimbs = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static byte[] Compute(int index, LimbBase limbBase, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var doubling = new Doubling(index, limbBase, V.Count);
        var workspace = WorkspacePool.Rent(doubling);
        try
        {
            RunSteps(doubling, workspace, progress, cancellationToken);
            var digits = GC.AllocateUninitializedArray<byte>(DigitCount.Of(index));
            AsciiWriter.Write(workspace.FirstLimbs, limbBase, digits);
            return digits;
        }
        finally
        {
            WorkspacePool.Return(workspace);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunSteps(
        Doubling doubling, Workspace workspace, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Start(doubling, workspace);
        nint limbs = StartLimbs;
        for (var step = 1; step <= doubling.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            limbs = Double(doubling, step, limbs, workspace, cancellationToken);
            // Every step costs twice as much as the one before it.
            progress?.Report(0.95 * Math.ScaleB(1, step - doubling.Steps));
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Start(Doubling doubling, Workspace workspace)
    {
        (ulong a, ulong b) = (0, 1);
        for (var k = 0; k < doubling.Start; k++)
            (a, b) = (b, a + b);
        for (var i = 0; i < StartLimbs; i++)
        {
            (a, var limbA) = Math.DivRem(a, (ulong)doubling.LimbBase.Value);
            (b, var limbB) = Math.DivRem(b, (ulong)doubling.LimbBase.Value);
            (workspace.FirstLimbs[i], workspace.SecondLimbs[i]) = ((int)limbA, (int)limbB);
        }
    }

    /// <returns>The number of limbs of each result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Double(Doubling doubling, int step, nint limbs, Workspace workspace, CancellationToken cancellationToken)
    {
        var size = doubling.Size(step);
        double* a = workspace.FirstTransform, b = workspace.SecondTransform;
        LimbLoader<V>.Load(workspace.FirstLimbs, limbs, a, size.Vectors);
        LimbLoader<V>.Load(workspace.SecondLimbs, limbs, b, size.Vectors);
        var roots = RootTable.For(size);
        var pair = doubling.IsPair(step);
        if ((doubling.Reached(step) & 1) == 0)
            new Convolution<V, EvenForm>(roots, pair, cancellationToken).Run(a, b, size);
        else
            new Convolution<V, OddForm>(roots, pair, cancellationToken).Run(a, b, size);
        GC.KeepAlive(roots);
        cancellationToken.ThrowIfCancellationRequested();
        Carry(a, size, doubling.LimbBase, workspace.FirstLimbs);
        if (pair)
            Carry(b, size, doubling.LimbBase, workspace.SecondLimbs);
        return 2 * size.Vectors * V.Count;
    }

    private static void Carry(double* data, TransformSize size, LimbBase limbBase, int* limbs)
    {
        LimbCarrier<V>.Carry(data, size.Vectors, limbBase.Value, limbs);
        if (limbBase == LimbBase.Proven)
            LimbCarrier<V>.Balance(limbs, 2 * size.Vectors * V.Count, limbBase.Value);
    }
}
