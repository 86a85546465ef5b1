using System.Runtime.InteropServices;
using Fib.Core.Sequence;

namespace Fib.Tests.Core.Sequence.Engine;

/// <summary>Byte for byte against GMP, where its library is installed.</summary>
public sealed unsafe class GmpTests
{
    private const string Library = "libgmp.so.10";

    [SkippableTheory]
    [InlineData(99)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    [InlineData(3_141_592)]
    [InlineData(10_000_000)]
    public void Compute_EqualsGmp(int index)
    {
        Skip.IfNot(NativeLibrary.TryLoad(Library, out _), $"{Library} is not installed");
        var number = stackalloc nint[2];
        var text = new byte[TermEngine.CountDigits(index) + 2];
        Init(number);
        SetFibonacci(number, (nuint)index);
        fixed (byte* target = text)
            GetText(target, 10, number);
        Clear(number);
        Assert.Equal(text[..Array.IndexOf(text, (byte)0)], TermEngine.Compute(index));
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
