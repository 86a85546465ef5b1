using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Fib.Core.Sequence.Engine.Fft;

namespace Fib.Core.Sequence.Engine;

/// <summary>
/// The buffers of one computation, outside the garbage collector's heap: two transforms and the limbs of two numbers.
/// Small ones are kept for the next computation, large ones returned to the system at once.
/// </summary>
internal sealed unsafe class Workspace : IDisposable
{
    private const int Alignment = 64;

    private const long LargestKept = 16 << 20;

    private static readonly int MostKept = Environment.ProcessorCount;

    private static readonly ConcurrentBag<Workspace> Kept = [];

    private byte* _memory;
    private long _capacity;

    private Workspace()
    {
    }

    ~Workspace() => Free();

    public double* FirstTransform { get; private set; }

    public double* SecondTransform { get; private set; }

    /// <summary>The limbs of the first number; a last product's may run on into the second's.</summary>
    public int* FirstLimbs { get; private set; }

    public int* SecondLimbs { get; private set; }

    public static Workspace Rent(Doubling doubling)
    {
        if (!Kept.TryTake(out var workspace))
            workspace = new Workspace();
        workspace.Prepare(doubling);
        return workspace;
    }

    /// <summary>Bytes needed for a computation.</summary>
    public static long Bytes(Doubling doubling) => 2 * (TransformBytes(doubling) + LimbBytes(doubling));

    public void Dispose()
    {
        if (_capacity <= LargestKept && Kept.Count < MostKept)
        {
            Kept.Add(this);
            return;
        }
        Free();
        GC.SuppressFinalize(this);
    }

    private static long TransformBytes(Doubling doubling) =>
        Align(2L * sizeof(double) * doubling.Lanes * Vectors(doubling, doubling.Steps));

    // Two numbers of the step before the last, or in their place the one of the last.
    private static long LimbBytes(Doubling doubling) =>
        Align(sizeof(int) * (long)doubling.Lanes *
            Math.Max(2 * Vectors(doubling, doubling.Steps - 1), Vectors(doubling, doubling.Steps)));

    private static long Vectors(Doubling doubling, int step) => step < 1 ? 1 : doubling.Size(step).Vectors;

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private void Prepare(Doubling doubling)
    {
        var (transform, limbs) = (TransformBytes(doubling), LimbBytes(doubling));
        var bytes = 2 * (transform + limbs);
        if (_capacity < bytes)
        {
            Free();
            _memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
            _capacity = bytes;
        }
        FirstTransform = (double*)_memory;
        SecondTransform = (double*)(_memory + transform);
        FirstLimbs = (int*)(_memory + 2 * transform);
        SecondLimbs = (int*)((byte*)FirstLimbs + limbs);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _capacity = 0;
    }
}
