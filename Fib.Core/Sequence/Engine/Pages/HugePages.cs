using System.Runtime.InteropServices;

namespace Fib.Core.Sequence.Engine.Pages;

/// <summary>Pages of 2 MiB, of which a large block needs 512 times fewer: Linux maps them if a program asks for them.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>The size of a page in bytes; a block must be aligned to it.</summary>
    public const int Size = 2 << 20;

    private const int UseHugePages = 14;

    /// <summary>Asks for huge pages for the part of a new array that fills such pages.</summary>
    public static void Advise<T>(T[] array)
        where T : unmanaged
    {
        fixed (T* start = array)
        {
            var first = ((nuint)start + Size - 1) / Size * Size;
            var end = ((nuint)start + (nuint)array.Length * (nuint)sizeof(T)) / Size * Size;
            if (first < end)
                Advise((void*)first, (long)(end - first));
        }
    }

    /// <summary>Asks for huge pages; a system that has none ignores it.</summary>
    public static void Advise(void* block, long bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = MemoryAdvise(block, (nuint)bytes, UseHugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* address, nuint length, int advice);
}
