using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Threads;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine;

/// <summary>Computes a term by doubling steps, each of them: limbs, transforms, products, inverse transforms, limbs.</summary>
internal static unsafe class Ladder<V>
    where V : unmanaged, ILanes<V>
{
    // The limbs of the first terms: more than 64 bits need, and a whole number of vectors of any width.
    private const int StartLimbs = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(
        int index, LimbBase limbBase, Memory<byte> digits, Team team, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var doubling = new Doubling(index, limbBase, V.Count);
        var workspace = WorkspacePool.Rent(doubling);
        try
        {
            RunSteps(doubling, workspace, team, progress, cancellationToken);
            AsciiWriter.Write(workspace.FirstLimbs, limbBase, digits, team);
        }
        finally
        {
            WorkspacePool.Return(workspace);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunSteps(
        Doubling doubling, Workspace workspace, Team team, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Start(doubling, workspace);
        // Its table serves smaller steps of the same odd factor too. Step by step each table would remain beside a deeper copy of it.
        RootTable.For(doubling.Size(doubling.Steps), team, cancellationToken);
        nint limbs = StartLimbs;
        for (var step = 1; step <= doubling.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            limbs = Double(doubling, step, limbs, workspace, team, cancellationToken);
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
    private static nint Double(
        Doubling doubling, int step, nint limbs, Workspace workspace, Team team, CancellationToken cancellationToken)
    {
        var count = (doubling.Reached(step) & 1) == 0
            ? Double<EvenForm>(doubling, step, limbs, workspace, team, cancellationToken)
            : Double<OddForm>(doubling, step, limbs, workspace, team, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Double<TForm>(
        Doubling doubling, int step, nint limbs, Workspace workspace, Team team, CancellationToken cancellationToken)
        where TForm : struct, IForm
    {
        var size = doubling.Size(step);
        var (roots, both) = (RootTable.For(size, team, cancellationToken), doubling.IsPair(step));
        var convolution = new Convolution<V, TForm>(roots, both, cancellationToken);
        var layout = new PartLayout(size, V.Count);
        if (layout.IsLarge(team.HasHelpers))
            new LargeStep<V, TForm>(convolution, layout, roots, doubling.LimbBase, workspace, limbs, cancellationToken).Run(team, both);
        else
            Double(convolution, size, limbs, both, doubling.LimbBase, workspace);
        GC.KeepAlive(roots);
        var count = 2 * (nint)size.Vectors * V.Count;
        if (doubling.LimbBase.IsProven)
            Balance(workspace, count, both, doubling.LimbBase);
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Double<TForm>(
        Convolution<V, TForm> convolution, TransformSize size, nint limbs, bool both, LimbBase limbBase, Workspace workspace)
        where TForm : struct, IForm
    {
        double* a = workspace.FirstTransform, b = workspace.SecondTransform;
        LimbLoader<V>.Load(workspace.FirstLimbs, limbs, a, size.Vectors);
        LimbLoader<V>.Load(workspace.SecondLimbs, limbs, b, size.Vectors);
        convolution.Run(a, b, size);
        LimbCarrier<V>.Carry(a, size.Vectors, limbBase.Value, workspace.FirstLimbs);
        if (both)
            LimbCarrier<V>.Carry(b, size.Vectors, limbBase.Value, workspace.SecondLimbs);
    }

    private static void Balance(Workspace workspace, nint count, bool both, LimbBase limbBase)
    {
        LimbCarrier<V>.Balance(workspace.FirstLimbs, count, limbBase.Value);
        if (both)
            LimbCarrier<V>.Balance(workspace.SecondLimbs, count, limbBase.Value);
    }
}
