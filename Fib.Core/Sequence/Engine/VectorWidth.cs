using System.Runtime.Intrinsics.X86;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Threads;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine;

/// <summary>The available kernels, by the bits of a register.</summary>
internal enum VectorWidth
{
    Portable = 128,
    Avx2 = 256,
    Avx512 = 512,
}

/// <summary>Runs the kernels of a width.</summary>
internal static class VectorWidths
{
    public static bool IsSupported(this VectorWidth width) => width switch
    {
        VectorWidth.Avx512 => Avx512F.IsSupported,
        VectorWidth.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };

    public static int Lanes(this VectorWidth width) => (int)width / 64;

    /// <summary>Writes the digits of F(index), as many as the term has.</summary>
    public static void Compute(
        this VectorWidth width, int index, LimbBase limbBase, Memory<byte> digits, Team team, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        switch (width)
        {
            case VectorWidth.Avx512:
                Ladder<Lanes512>.Compute(index, limbBase, digits, team, progress, cancellationToken);
                break;
            case VectorWidth.Avx2:
                Ladder<Lanes256>.Compute(index, limbBase, digits, team, progress, cancellationToken);
                break;
            default:
                Ladder<Lanes128>.Compute(index, limbBase, digits, team, progress, cancellationToken);
                break;
        }
    }
}
