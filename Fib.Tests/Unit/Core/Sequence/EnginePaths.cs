using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Tests.Unit.Core.Sequence;

/// <summary>Selects one of the engine's kernels.</summary>
internal static class EnginePaths
{
    public static TheoryData<int> Widths => [(int)VectorWidth.Portable, (int)VectorWidth.Avx2, (int)VectorWidth.Avx512];

    public static void SkipUnlessSupported(int width) =>
        Assert.SkipUnless(((VectorWidth)width).IsSupported(), $"this machine has no {(VectorWidth)width}");

    public static byte[] Compute(int index, int width, Action<Memory<byte>>? corrupt = null, bool withHelpers = true)
    {
        var digits = new byte[TermEngine.CountDigits(index)];
        TermEngine.Compute(index, digits, (VectorWidth)width, corrupt, withHelpers, null, CancellationToken.None);
        return digits;
    }

    /// <summary>Computes in the base whose rounding errors are proven harmless.</summary>
    public static byte[] ComputeProven(int index, int width, LimbBase limbBase)
    {
        using var team = Team.Start(index, withHelpers: true);
        var digits = new byte[TermEngine.CountDigits(index)];
        ((VectorWidth)width).Compute(index, limbBase, digits, team, null, CancellationToken.None);
        return digits;
    }
}
