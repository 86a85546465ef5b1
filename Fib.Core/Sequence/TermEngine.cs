using System.Globalization;
using Fib.Core.Sequence.Engine;
using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Pages;
using Fib.Core.Sequence.Engine.Residues;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Core.Sequence;

/// <summary>Computes the decimal digits of Fibonacci terms; docs/engine.md describes the algorithm. Thread-safe.</summary>
public static class TermEngine
{
    /// <summary>The largest index that the engine computes.</summary>
    public const int MaxIndex = 1_000_000_000;

    private static long _recomputed;

    /// <summary>The kernels of new computations, Avx512, Avx2 or Portable, and whether a trial chose them.</summary>
    public static string Kernels => $"{KernelChoice.Current} kernels{(KernelChoice.Trials > 0 ? ", chosen by a trial" : "")}";

    /// <summary>The largest number of threads that compute F(index): fewer if other terms are computed at the same time.</summary>
    public static int MaxThreads(int index) => index < Team.MinIndex ? 1 : 1 + Helpers.Count;

    /// <summary>The number of terms that failed verification in this process and were computed again on the proven path.</summary>
    public static long Recomputed => Interlocked.Read(ref _recomputed);

    /// <summary>Raised with the index after a term failed verification, before it is computed again.</summary>
    public static event Action<int>? Recomputing;

    /// <summary>The digits of F(index) as ASCII, without leading zeros; "0" for 0. Verified before it is returned.</summary>
    /// <param name="index">0 to <see cref="MaxIndex"/>.</param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellationToken">
    /// Takes effect within 50 ms, within a second while a term that failed verification is computed again, and not once the digits are
    /// being written.
    /// </param>
    public static byte[] Compute(int index, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var digits = GC.AllocateUninitializedArray<byte>(CountDigits(index));
        HugePages.Advise(digits);
        Compute(index, digits, progress, cancellationToken);
        return digits;
    }

    /// <summary>
    /// As <see cref="Compute(int, IProgress{double}?, CancellationToken)"/>, into memory of the caller. New memory for each term can
    /// take longer than the term.
    /// </summary>
    /// <param name="index">0 to <see cref="MaxIndex"/>.</param>
    /// <param name="digits">
    /// Receives the digits: exactly <see cref="CountDigits"/> bytes. After an exception their content is undefined.
    /// </param>
    /// <param name="progress">Receives the completed share, 0 to 1.</param>
    /// <param name="cancellationToken">As there.</param>
    public static void Compute(
        int index, Memory<byte> digits, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Compute(index, digits, KernelChoice.Current, null, true, progress, cancellationToken);

    /// <summary>As the method above, on the calling thread only.</summary>
    internal static void ComputeAlone(int index, Memory<byte> digits) =>
        Compute(index, digits, KernelChoice.Current, null, false, null, CancellationToken.None);

    /// <summary>The number of decimal digits of F(index), without computing the term.</summary>
    public static int CountDigits(int index) => DigitCount.Of(Checked(index));

    /// <summary>
    /// Whether digits from another source are those of F(index): checks their number and their residue modulo 2^61 - 1, in linear time.
    /// </summary>
    /// <param name="index">0 to <see cref="MaxIndex"/>.</param>
    /// <param name="digits">ASCII digits; any other text is not a term.</param>
    public static bool IsTerm(int index, ReadOnlySpan<byte> digits) =>
        digits.Length == CountDigits(index) && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && DigitResidue.Of(digits) == Mersenne61.Fibonacci(index);

    /// <summary>
    /// The peak memory of <see cref="Compute(int, IProgress{double}?, CancellationToken)"/> in bytes, including the result.
    /// </summary>
    public static long EstimateMemory(int index)
    {
        var doubling = new Doubling(Checked(index), LimbBase.FastFor(index), KernelChoice.Current.Lanes());
        if (doubling.Steps == 0)
            return 128;
        return Workspace.Bytes(doubling) + RootTable.Bytes(doubling.Size(doubling.Steps)) + CountDigits(index);
    }

    /// <summary>Compiles the kernels and fills the tables, so that the first large term takes no longer than later ones.</summary>
    public static void WarmUp(CancellationToken cancellationToken = default)
    {
        const int First = 1_000_000;
        var digits = new byte[CountDigits(First)];
        for (var index = First; index > 100; index = index * 5 / 6)
            Compute(index, digits.AsMemory(0, CountDigits(index)), null, cancellationToken);
    }

    /// <summary>
    /// Chooses between the kernels that the runtime prefers and wider ones by a trial of a few milliseconds, for all later terms of
    /// this process. Does nothing if it was called before, or if the runtime prefers the widest ones.
    /// </summary>
    public static void ChooseKernels(CancellationToken cancellationToken = default) => KernelChoice.Try(cancellationToken);

    /// <summary>
    /// Computes with the kernels of a given width. Tests pass <paramref name="corrupt"/> to change the digits before verification.
    /// </summary>
    internal static void Compute(
        int index, Memory<byte> digits, VectorWidth width, Action<Memory<byte>>? corrupt, bool withHelpers, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var count = CountDigits(index);
        if (digits.Length != count)
            throw new ArgumentException($"F({index}) has {count} digits, not {digits.Length}.", nameof(digits));
        if (index <= Doubling.LastSmall + 1)
        {
            WriteSmall(index, digits.Span);
            return;
        }
        using var team = Team.Start(index, withHelpers);
        width.Compute(index, LimbBase.FastFor(index), digits, team, progress, cancellationToken);
        corrupt?.Invoke(digits);
        if (!IsVerified(index, digits, team))
            Recompute(index, digits, width, team, progress, cancellationToken);
        progress?.Report(1);
    }

    private static void Recompute(
        int index, Memory<byte> digits, VectorWidth width, Team team, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _recomputed);
        Recomputing?.Invoke(index);
        width.Compute(index, LimbBase.ProvenFor(index), digits, team, progress, cancellationToken);
        if (!IsVerified(index, digits, team))
            throw new ArithmeticException($"F({index}) failed its verification twice.");
    }

    private static bool IsVerified(int index, ReadOnlyMemory<byte> digits, Team team) =>
        DigitResidue.Of(digits, team) == Mersenne61.Fibonacci(index);

    private static void WriteSmall(int index, Span<byte> digits)
    {
        (ulong a, ulong b) = (0, 1);
        for (var k = 0; k < index; k++)
            (a, b) = (b, a + b);
        a.TryFormat(digits, out _, provider: CultureInfo.InvariantCulture);
    }

    private static int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, MaxIndex);
        return index;
    }
}
