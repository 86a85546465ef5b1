using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>
/// Converts redundant balanced limbs, each within the base, to ASCII. This carry takes eight limbs at a time.
/// </summary>
internal static unsafe class AsciiWriter
{
    private const int Base = 100_000;

    // A whole number of limbs of any base, and of eight limbs.
    private const int PartDigits = 24_000;

    /// <summary>Fills <paramref name="digits"/> with the number's last digits, as many as fit.</summary>
    public static void Write(int* limbs, LimbBase limbBase, byte[] digits, Team team)
    {
        if (digits.Length < 2 * PartDigits)
            Write(limbs, 0, limbBase, digits);
        else
            WriteParts(limbs, limbBase, digits, team);
    }

    private static void WriteParts(int* limbs, LimbBase limbBase, byte[] digits, Team team) =>
        team.Run((digits.Length + PartDigits - 1) / PartDigits, part =>
        {
            var (start, end) = (digits.Length - (part + 1) * PartDigits, digits.Length - part * PartDigits);
            Write(limbs, part * (PartDigits / limbBase.Digits), limbBase, digits.AsSpan(Math.Max(0, start)..end));
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write(int* limbs, nint first, LimbBase limbBase, Span<byte> digits)
    {
        // The limbs below borrow if the highest of them that is not zero is negative.
        var below = first - 1;
        while (below >= 0 && limbs[below] == 0)
            below--;
        var borrow = below >= 0 && limbs[below] < 0 ? 1 : 0;
        limbs += first;
        var end = digits.Length;
        if (limbBase.Digits == 5)
        {
            borrow = WriteEights(limbs, digits, borrow);
            limbs += end / 40 * 8;
            end %= 40;
        }
        for (; end > 0; limbs++)
        {
            var limb = *limbs - borrow;
            borrow = limb < 0 ? 1 : 0;
            limb += borrow * limbBase.Value;
            for (var place = 0; place < limbBase.Digits && end > 0; place++, limb /= 10)
                digits[--end] = (byte)('0' + limb % 10);
        }
    }

    /// <summary>Writes groups of eight limbs, forty digits each, from the end; returns the borrow from the next limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteEights(int* limbs, Span<byte> digits, int borrowFirst)
    {
        var borrow = (uint)borrowFirst;
        fixed (byte* start = digits)
        {
            for (var target = start + digits.Length - 40; target >= start; target -= 40, limbs += 8)
            {
                var limb = Vector256.Load(limbs);
                var negative = Vector256.LessThan(limb, Vector256<int>.Zero).ExtractMostSignificantBits();
                var zero = Vector256.Equals(limb, Vector256<int>.Zero).ExtractMostSignificantBits();
                // A negative limb borrows from the next one, a zero passes a borrow on: the carries of one addition.
                var chain = 2 * negative + borrow + zero;
                borrow = chain >> 8;
                limb += Lanes(chain ^ zero);
                limb += Vector256.LessThan(limb, Vector256<int>.Zero) & Vector256.Create(Base);
                Format(limb, target);
            }
        }
        return (int)borrow;
    }

    /// <summary>-1 in the lanes whose bit is set, 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Lanes(uint bits)
    {
        var lane = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        return Vector256.Equals(Vector256.Create((int)bits) & lane, lane);
    }

    /// <summary>Writes eight limbs of 0 to 99,999, the first least significant, as forty digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Format(Vector256<int> limb, byte* target)
    {
        // Adding a half keeps the single-precision quotients away from whole numbers.
        var value = Vector256.ConvertToSingle(limb) + Vector256.Create(0.5f);
        var first = Vector256.ConvertToInt32Native(value * Vector256.Create(1e-4f));
        var firstThree = Vector256.ConvertToInt32Native(value * Vector256.Create(1e-2f));
        var middle = firstThree - first * 100;
        var last = limb - firstThree * 100;
        var pairs = (middle | last << 16).AsUInt16();
        var tens = (pairs * Vector256.Create((ushort)103)) >>> 10;
        var ones = pairs - tens * 10;
        var lastFour = (tens | ones << 8).AsByte() | Vector256.Create((byte)'0');
        var leading = first.AsByte() | Vector256.Create((byte)'0');
        Join(leading.GetUpper(), lastFour.GetUpper(), target);
        Join(leading.GetLower(), lastFour.GetLower(), target + 20);
    }

    /// <summary>Writes the twenty digits of four limbs, the last limb first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector128<byte> leading, Vector128<byte> lastFour, byte* target)
    {
        var fifths = Vector128.Shuffle(
            leading, Vector128.Create((byte)12, 255, 255, 255, 255, 8, 255, 255, 255, 255, 4, 255, 255, 255, 255, 0));
        var others = Vector128.Shuffle(lastFour, Vector128.Create((byte)255, 12, 13, 14, 15, 255, 8, 9, 10, 11, 255, 4, 5, 6, 7, 255));
        (fifths | others).Store(target);
        Unsafe.WriteUnaligned(target + 16, lastFour.AsUInt32().ToScalar());
    }
}
