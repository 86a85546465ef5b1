using System.Runtime.InteropServices;

namespace Fib.Bench.Engine;

/// <summary>
/// Computes a term's digits with FLINT's module radix: integers of decimal limbs, multiplied by its fft_small, on one thread. With the
/// Lucas number L: F(2k) = F(k) L(k), L(2k) = L(k)^2 - 2 (-1)^k, F(k+1) = (F(k) + L(k)) / 2, L(k+1) = (5 F(k) + L(k)) / 2.
/// So a step is two products, and the last one is one.
/// </summary>
internal sealed unsafe class Flint : IDisposable
{
    public const string Library = "libflint.so";

    // The struct of FLINT 3.7 has about 200 bytes.
    private const int RadixBytes = 1024;

    private const int DigitsPerLimb = 19;

    private readonly void* _radix = NativeMemory.AllocZeroed(RadixBytes);

    private readonly nuint _capacity;

    private ulong* _f, _l, _next;

    private nint _fLimbs, _lLimbs;

    /// <param name="digits">The number of digits of the largest term.</param>
    public Flint(int digits)
    {
        Initialize(_radix, 10, DigitsPerLimb);
        _capacity = (nuint)(digits / DigitsPerLimb + 8);
        _f = Allocate();
        _l = Allocate();
        _next = Allocate();
    }

    /// <summary>Whether a FLINT with the module is installed, or in a directory of LD_LIBRARY_PATH.</summary>
    public static bool IsInstalled { get; } =
        NativeLibrary.TryLoad(Library, out var library) && NativeLibrary.TryGetExport(library, "radix_get_str_decimal", out _);

    /// <summary>Writes F(index), index above 0, terminated by a zero byte.</summary>
    public void Compute(int index, byte[] target)
    {
        _fLimbs = _lLimbs = 1;
        *_f = *_l = 1;
        var isOdd = true;
        for (var bit = 30 - int.LeadingZeroCount(index); bit >= 0; bit--)
        {
            Double(isOdd, withLucas: bit > 0 || (index & 1) != 0);
            isOdd = (index >> bit & 1) != 0;
            if (isOdd)
                Advance();
        }
        fixed (byte* text = target)
            GetText(text, _f, _fLimbs, 0, _radix);
    }

    public void Dispose()
    {
        NativeMemory.Free(_f);
        NativeMemory.Free(_l);
        NativeMemory.Free(_next);
        NativeMemory.Free(_radix);
    }

    private ulong* Allocate() => (ulong*)NativeMemory.Alloc(_capacity, sizeof(ulong));

    /// <summary>From k to 2k.</summary>
    private void Double(bool isOdd, bool withLucas)
    {
        // L(k) is at least as long as F(k), and the product requires the longer factor first.
        Multiply(_next, _l, _lLimbs, _f, _fLimbs, _radix);
        Swap(ref _f);
        _fLimbs = Trim(_f, _fLimbs + _lLimbs);
        if (!withLucas)
            return;
        Multiply(_next, _l, _lLimbs, _l, _lLimbs, _radix);
        Swap(ref _l);
        _lLimbs = Trim(_l, 2 * _lLimbs);
        ulong two = 2;
        _ = isOdd ? Add(_l, _l, _lLimbs, &two, 1, _radix) : Subtract(_l, _l, _lLimbs, &two, 1, _radix);
    }

    /// <summary>From k to k + 1.</summary>
    private void Advance()
    {
        var limbs = _lLimbs + 1;
        _l[_lLimbs] = 0;
        for (var i = _fLimbs; i < limbs; i++)
            _f[i] = 0;
        Add(_next, _l, limbs, _f, limbs, _radix);
        Halve(_next, _next, limbs, _radix);
        MultiplyByOne(_f, _f, limbs, 5, _radix);
        Add(_l, _l, limbs, _f, limbs, _radix);
        Halve(_l, _l, limbs, _radix);
        Swap(ref _f);
        (_fLimbs, _lLimbs) = (Trim(_f, limbs), Trim(_l, limbs));
    }

    private void Swap(ref ulong* target)
    {
        var next = _next;
        _next = target;
        target = next;
    }

    private static nint Trim(ulong* number, nint limbs)
    {
        while (limbs > 1 && number[limbs - 1] == 0)
            limbs--;
        return limbs;
    }

    [DllImport(Library, EntryPoint = "radix_init")]
    private static extern void Initialize(void* radix, ulong digitRadix, uint digits);

    [DllImport(Library, EntryPoint = "radix_mul")]
    private static extern void Multiply(ulong* result, ulong* a, nint aLimbs, ulong* b, nint bLimbs, void* radix);

    [DllImport(Library, EntryPoint = "radix_mul_1")]
    private static extern ulong MultiplyByOne(ulong* result, ulong* a, nint limbs, ulong factor, void* radix);

    [DllImport(Library, EntryPoint = "radix_add")]
    private static extern ulong Add(ulong* result, ulong* a, nint aLimbs, ulong* b, nint bLimbs, void* radix);

    [DllImport(Library, EntryPoint = "radix_sub")]
    private static extern ulong Subtract(ulong* result, ulong* a, nint aLimbs, ulong* b, nint bLimbs, void* radix);

    [DllImport(Library, EntryPoint = "radix_divrem_two")]
    private static extern ulong Halve(ulong* result, ulong* a, nint limbs, void* radix);

    [DllImport(Library, EntryPoint = "radix_get_str_decimal")]
    private static extern byte* GetText(byte* text, ulong* number, nint limbs, int isNegative, void* radix);
}
