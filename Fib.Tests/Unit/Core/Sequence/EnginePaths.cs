using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine;

namespace Fib.Tests.Unit.Core.Sequence;

/// <summary>Selects one of the engine's kernels.</summary>
internal static class EnginePaths
{
    public static TheoryData<int> Widths => [(int)VectorWidth.Portable, (int)VectorWidth.Avx2, (int)VectorWidth.Avx512];

    public static void SkipUnlessSupported(int width) =>
        Assert.SkipUnless(((VectorWidth)width).IsSupported(), $"this machine has no {(VectorWidth)width}");

    public static byte[] Compute(int index, int width, Action<byte[]>? corrupt = null) =>
        TermEngine.Compute(index, (VectorWidth)width, corrupt, null, CancellationToken.None);
}
