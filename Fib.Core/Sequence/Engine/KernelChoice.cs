using System.Diagnostics;
using System.Runtime.Intrinsics;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Core.Sequence.Engine;

/// <summary>
/// The kernels of this process. .NET reports 512-bit registers as not accelerated on processors that lower their frequency for them,
/// where they may be faster nevertheless: only a trial can tell. All kernels give the same digits.
/// </summary>
internal static class KernelChoice
{
    // Large enough for the frequency and the caches to matter, small enough for a trial of some milliseconds.
    private const int TrialIndex = 2_000_000;

    private const int Rounds = 3;

    // A wider register must gain more than the noise of a measurement.
    private const double MinGain = 1.03;

    private static readonly Lock Trial = new();

    /// <summary>The kernels of new computations.</summary>
    public static VectorWidth Current { get; private set; } = Reported;

    /// <summary>The number of trials in this process, 0 or 1.</summary>
    public static int Trials { get; private set; }

    /// <summary>The widest kernels that the runtime reports as accelerated.</summary>
    public static VectorWidth Reported =>
        VectorWidth.Avx512.IsSupported() && Vector512.IsHardwareAccelerated ? VectorWidth.Avx512
        : VectorWidth.Avx2.IsSupported() ? VectorWidth.Avx2
        : VectorWidth.Portable;

    /// <summary>The kernels that the processor supports although the runtime does not report them as accelerated; null if none.</summary>
    public static VectorWidth? Candidate => VectorWidth.Avx512.IsSupported() && Reported != VectorWidth.Avx512 ? VectorWidth.Avx512 : null;

    /// <summary>Makes the trial if there is a candidate; once per process.</summary>
    public static void Try(CancellationToken cancellationToken)
    {
        lock (Trial)
        {
            if (Trials > 0 || Candidate is not { } candidate)
                return;
            Current = Fastest(Reported, candidate, cancellationToken);
            Trials++;
        }
    }

    /// <summary>The candidate if it is faster than the other kernels, which are run in turn.</summary>
    public static VectorWidth Fastest(VectorWidth other, VectorWidth candidate, CancellationToken cancellationToken)
    {
        var (otherTime, candidateTime) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        var digits = new byte[DigitCount.Of(TrialIndex)];
        // The first round also compiles the kernels. Only the shortest times count.
        for (var round = 0; round <= Rounds; round++)
        {
            otherTime = Min(otherTime, Measure(other, digits, cancellationToken));
            candidateTime = Min(candidateTime, Measure(candidate, digits, cancellationToken));
        }
        return candidateTime * MinGain < otherTime ? candidate : other;
    }

    private static TimeSpan Measure(VectorWidth width, byte[] digits, CancellationToken cancellationToken)
    {
        using var team = Team.Start(TrialIndex, withHelpers: false);
        var start = Stopwatch.GetTimestamp();
        width.Compute(TrialIndex, LimbBase.FastFor(TrialIndex), digits, team, null, cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
