using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fib.Core.Sequence.Engine.Digits;

/// <summary>Redundant balanced limbs, each within the base, to ASCII: the one serial carry, four limbs at a time.</summary>
internal static unsafe class AsciiWriter
{
    private const int Base = 100_000;

    /// <summary>Fills <paramref name="digits"/> with the number's last digits; as many as fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(int* limbs, LimbBase limbBase, Span<byte> digits)
    {
        var borrow = 0;
        var end = digits.Length;
        if (limbBase.Digits == 5)
            borrow = WriteFours(ref limbs, digits, ref end);
        for (; end > 0; limbs++)
        {
            var limb = *limbs - borrow;
            borrow = limb < 0 ? 1 : 0;
            limb += borrow * limbBase.Value;
            for (var place = 0; place < limbBase.Digits && end > 0; place++, limb /= 10)
                digits[--end] = (byte)('0' + limb % 10);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WriteFours(ref int* limbs, Span<byte> digits, ref int end)
    {
        var borrow = 0u;
        fixed (byte* start = digits)
        {
            for (; end >= 20; end -= 20, limbs += 4)
            {
                var limb = Vector128.Load(limbs);
                var negative = Vector128.LessThan(limb, Vector128<int>.Zero).ExtractMostSignificantBits();
                var zero = Vector128.Equals(limb, Vector128<int>.Zero).ExtractMostSignificantBits();
                // A negative limb borrows from the next one, a zero passes a borrow on: the carries of one addition.
                var chain = 2 * negative + borrow + zero;
                borrow = chain >> 4;
                limb += Lanes(chain ^ zero);
                limb += Vector128.LessThan(limb, Vector128<int>.Zero) & Vector128.Create(Base);
                Format(limb, start + end - 20);
            }
        }
        return (int)borrow;
    }

    /// <summary>-1 in the lanes whose bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Lanes(uint bits)
    {
        var lane = Vector128.Create(1, 2, 4, 8);
        return Vector128.Equals(Vector128.Create((int)bits) & lane, lane);
    }

    /// <summary>Four limbs of 0 to 99,999, the first least significant, as twenty digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Format(Vector128<int> limb, byte* target)
    {
        // A half keeps the single-precision quotients clear of whole numbers.
        var value = Vector128.ConvertToSingle(limb) + Vector128.Create(0.5f);
        var first = Vector128.ConvertToInt32Native(value * Vector128.Create(1e-4f));
        var firstThree = Vector128.ConvertToInt32Native(value * Vector128.Create(1e-2f));
        var middle = firstThree - first * 100;
        var last = limb - firstThree * 100;
        var pairs = (middle | last << 16).AsUInt16();
        var tens = (pairs * Vector128.Create((ushort)103)) >>> 10;
        var ones = pairs - tens * 10;
        var lastFour = (tens | ones << 8).AsByte() | Vector128.Create((byte)'0');
        var leading = first.AsByte() | Vector128.Create((byte)'0');
        var fifths = Vector128.Shuffle(leading, Vector128.Create((byte)12, 255, 255, 255, 255, 8, 255, 255, 255, 255, 4, 255, 255, 255, 255, 0));
        var others = Vector128.Shuffle(lastFour, Vector128.Create((byte)255, 12, 13, 14, 15, 255, 8, 9, 10, 11, 255, 4, 5, 6, 7, 255));
        (fifths | others).Store(target);
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(target + 16, 4), lastFour.AsUInt32().ToScalar());
    }
}
