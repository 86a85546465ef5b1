using System.Runtime.InteropServices;

namespace Fib.Bench.Engine;

/// <summary>Computes a term's digits with GMP: mpz_fib_ui and mpz_get_str of Debian's libgmp10.</summary>
internal static unsafe class Gmp
{
    public const string Library = "libgmp.so.10";

    public static bool IsInstalled => NativeLibrary.TryLoad(Library, out _);

    public static string Version => IsInstalled && NativeLibrary.TryGetExport(NativeLibrary.Load(Library), "__gmp_version", out var text)
        ? Marshal.PtrToStringAnsi(*(nint*)text)!
        : "absent";

    /// <summary>Writes F(index), terminated by a zero byte, and returns its first byte.</summary>
    public static byte Compute(int index, byte[] target)
    {
        var number = stackalloc nint[2];
        Init(number);
        SetFibonacci(number, (nuint)index);
        fixed (byte* text = target)
            GetText(text, 10, number);
        Clear(number);
        return target[0];
    }

    [DllImport(Library, EntryPoint = "__gmpz_init")]
    private static extern void Init(void* number);

    [DllImport(Library, EntryPoint = "__gmpz_clear")]
    private static extern void Clear(void* number);

    [DllImport(Library, EntryPoint = "__gmpz_fib_ui")]
    private static extern void SetFibonacci(void* number, nuint index);

    [DllImport(Library, EntryPoint = "__gmpz_get_str")]
    private static extern byte* GetText(byte* text, int radix, void* number);
}
