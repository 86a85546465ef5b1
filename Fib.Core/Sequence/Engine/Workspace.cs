using System.Runtime.InteropServices;
using Fib.Core.Sequence.Engine.Fft;
using Fib.Core.Sequence.Engine.Pages;

namespace Fib.Core.Sequence.Engine;

/// <summary>The buffers of one computation, outside the managed heap: two transforms and the limbs of two numbers.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private const int Alignment = 64;

    private const long MinHugeBytes = 2 * HugePages.Size;

    private byte* _memory;

    ~Workspace() => Free();

    /// <summary>The allocated size, in bytes.</summary>
    public long Capacity { get; private set; }

    public double* FirstTransform { get; private set; }

    public double* SecondTransform { get; private set; }

    /// <summary>The limbs of the first number; those of the last product may extend into the second's.</summary>
    public int* FirstLimbs { get; private set; }

    public int* SecondLimbs { get; private set; }

    /// <summary>The size that a computation needs, in bytes.</summary>
    public static long Bytes(Doubling doubling) => 2 * (TransformBytes(doubling) + LimbBytes(doubling));

    public void Prepare(Doubling doubling)
    {
        var (transform, limbs) = (TransformBytes(doubling), LimbBytes(doubling));
        if (Capacity < 2 * (transform + limbs))
        {
            Free();
            Allocate(2 * (transform + limbs));
        }
        FirstTransform = (double*)_memory;
        SecondTransform = (double*)(_memory + transform);
        FirstLimbs = (int*)(_memory + 2 * transform);
        SecondLimbs = (int*)((byte*)FirstLimbs + limbs);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static long TransformBytes(Doubling doubling) =>
        Align(new PartLayout(doubling.Size(doubling.Steps), doubling.Lanes).Bytes);

    // Two numbers of the step before the last, or in the same place the single number of the last step.
    private static long LimbBytes(Doubling doubling) =>
        Align(sizeof(int) * (long)doubling.Lanes *
            Math.Max(2 * Vectors(doubling, doubling.Steps - 1), Vectors(doubling, doubling.Steps)));

    private static long Vectors(Doubling doubling, int step) => step < 1 ? 1 : doubling.Size(step).Vectors;

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private void Allocate(long bytes)
    {
        var isHuge = bytes >= MinHugeBytes;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)(isHuge ? HugePages.Size : Alignment));
        Capacity = bytes;
        if (isHuge)
            HugePages.Advise(_memory, bytes);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        Capacity = 0;
    }
}
