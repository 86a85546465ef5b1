using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>
/// Converts redundant balanced limbs, each within the base, to ASCII. This carry takes eight limbs at a time.
/// </summary>
internal static unsafe class AsciiWriter
{
    // A whole number of limbs of any base, and of eight limbs.
    private const int PartDigits = 24_000;

    /// <summary>Fills <paramref name="digits"/> with the number's last digits, as many as fit.</summary>
    public static void Write(int* limbs, LimbBase limbBase, Memory<byte> digits, Team team)
    {
        if (digits.Length < 2 * PartDigits)
            Write(limbs, 0, limbBase, digits.Span);
        else
            WriteParts(limbs, limbBase, digits, team);
    }

    private static void WriteParts(int* limbs, LimbBase limbBase, Memory<byte> digits, Team team) =>
        team.Run((digits.Length + PartDigits - 1) / PartDigits, part =>
        {
            var (start, end) = (digits.Length - (part + 1) * PartDigits, digits.Length - part * PartDigits);
            Write(limbs, part * (PartDigits / limbBase.Digits), limbBase, digits.Span[Math.Max(0, start)..end]);
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
        if (limbBase.Digits >= 5)
        {
            borrow = WriteEights(limbs, limbBase, digits, borrow);
            var group = 8 * limbBase.Digits;
            limbs += end / group * 8;
            end %= group;
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

    /// <summary>Writes groups of eight limbs of five or six digits from the end; returns the borrow from the next limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteEights(int* limbs, LimbBase limbBase, Span<byte> digits, int borrowFirst)
    {
        var (radix, group) = (Vector256.Create(limbBase.Value), 8 * limbBase.Digits);
        var borrow = (uint)borrowFirst;
        fixed (byte* start = digits)
        {
            for (var target = start + digits.Length - group; target >= start; target -= group, limbs += 8)
            {
                var limb = Vector256.Load(limbs);
                var negative = Vector256.LessThan(limb, Vector256<int>.Zero).ExtractMostSignificantBits();
                var zero = Vector256.Equals(limb, Vector256<int>.Zero).ExtractMostSignificantBits();
                // A negative limb borrows from the next one, a zero passes a borrow on: the carries of one addition.
                var chain = 2 * negative + borrow + zero;
                borrow = chain >> 8;
                limb += Lanes(chain ^ zero);
                limb += Vector256.LessThan(limb, Vector256<int>.Zero) & radix;
                Format(limb, limbBase.Digits, target);
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

    /// <summary>Writes eight limbs, the first least significant, as five or six digits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Format(Vector256<int> limb, int digitsPerLimb, byte* target)
    {
        // Adding a half keeps the single-precision quotients away from whole numbers.
        var value = Vector256.ConvertToSingle(limb) + Vector256.Create(0.5f);
        var first = Vector256.ConvertToInt32Native(value * Vector256.Create(1e-4f));
        var allButLast = Vector256.ConvertToInt32Native(value * Vector256.Create(1e-2f));
        var middle = allButLast - first * 100;
        var last = limb - allButLast * 100;
        var lastFour = Pairs((middle | last << 16).AsUInt16());
        if (digitsPerLimb == 6)
        {
            var leading = Pairs(first.AsUInt16());
            JoinSix(leading.GetUpper(), lastFour.GetUpper(), target);
            JoinSix(leading.GetLower(), lastFour.GetLower(), target + 24);
        }
        else
        {
            var leading = first.AsByte() | Vector256.Create((byte)'0');
            JoinFive(leading.GetUpper(), lastFour.GetUpper(), target);
            JoinFive(leading.GetLower(), lastFour.GetLower(), target + 20);
        }
    }

    /// <summary>The two digits of each number below 100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Pairs(Vector256<ushort> numbers)
    {
        var tens = (numbers * Vector256.Create((ushort)103)) >>> 10;
        var ones = numbers - tens * 10;
        return (tens | ones << 8).AsByte() | Vector256.Create((byte)'0');
    }

    /// <summary>Writes the 24 digits of four limbs, the last limb first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void JoinSix(Vector128<byte> leading, Vector128<byte> lastFour, byte* target)
    {
        var pairs = Vector128.Shuffle(
            leading, Vector128.Create((byte)12, 13, 255, 255, 255, 255, 8, 9, 255, 255, 255, 255, 4, 5, 255, 255));
        var others = Vector128.Shuffle(lastFour, Vector128.Create((byte)255, 255, 12, 13, 14, 15, 255, 255, 8, 9, 10, 11, 255, 255, 4, 5));
        (pairs | others).Store(target);
        var lower = Vector128.Shuffle(
            lastFour, Vector128.Create((byte)6, 7, 255, 255, 0, 1, 2, 3, 255, 255, 255, 255, 255, 255, 255, 255));
        var lowest = Vector128.Shuffle(
            leading, Vector128.Create((byte)255, 255, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255));
        Unsafe.WriteUnaligned(target + 16, (lower | lowest).AsUInt64().ToScalar());
    }

    /// <summary>Writes the twenty digits of four limbs, the last limb first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void JoinFive(Vector128<byte> leading, Vector128<byte> lastFour, byte* target)
    {
        var fifths = Vector128.Shuffle(
            leading, Vector128.Create((byte)12, 255, 255, 255, 255, 8, 255, 255, 255, 255, 4, 255, 255, 255, 255, 0));
        var others = Vector128.Shuffle(lastFour, Vector128.Create((byte)255, 12, 13, 14, 15, 255, 8, 9, 10, 11, 255, 4, 5, 6, 7, 255));
        (fifths | others).Store(target);
        Unsafe.WriteUnaligned(target + 16, lastFour.AsUInt32().ToScalar());
    }
}
