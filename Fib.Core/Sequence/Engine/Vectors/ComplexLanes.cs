using System.Runtime.CompilerServices;

namespace Fib.Core.Sequence.Engine.Vectors;

/// <summary>Complex numbers in a pair of registers; in memory the real parts precede the imaginary ones.</summary>
internal readonly unsafe struct ComplexLanes<V>(V re, V im)
    where V : unmanaged, ILanes<V>
{
    public readonly V Re = re;

    public readonly V Im = im;

    /// <summary>The number of doubles from one complex vector to the next.</summary>
    public static nint Stride => 2 * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<V> Load(double* source) => new(V.Load(source), V.Load(source + V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<V> Broadcast(double re, double im) => new(V.Broadcast(re), V.Broadcast(im));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target)
    {
        Re.Store(target);
        Im.Store(target + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<V> operator +(ComplexLanes<V> a, ComplexLanes<V> b) => new(a.Re + b.Re, a.Im + b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<V> operator -(ComplexLanes<V> a, ComplexLanes<V> b) => new(a.Re - b.Re, a.Im - b.Im);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes<V> operator *(ComplexLanes<V> a, ComplexLanes<V> b) =>
        new(a.Im.MultiplySubtractFrom(b.Im, a.Re * b.Re), a.Im.MultiplyAdd(b.Re, a.Re * b.Im));

    /// <summary>a times the conjugate of w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> TimesConjugate(ComplexLanes<V> w) =>
        new(Im.MultiplyAdd(w.Im, Re * w.Re), Re.MultiplySubtractFrom(w.Im, Im * w.Re));

    /// <summary>this + scale * b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> Plus(V scale, ComplexLanes<V> b) => new(b.Re.MultiplyAdd(scale, Re), b.Im.MultiplyAdd(scale, Im));

    /// <summary>this - scale * b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> Minus(V scale, ComplexLanes<V> b) =>
        new(b.Re.MultiplySubtractFrom(scale, Re), b.Im.MultiplySubtractFrom(scale, Im));

    /// <summary>this + i * scale * b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> PlusI(V scale, ComplexLanes<V> b) =>
        new(b.Im.MultiplySubtractFrom(scale, Re), b.Re.MultiplyAdd(scale, Im));

    /// <summary>this - i * scale * b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> MinusI(V scale, ComplexLanes<V> b) =>
        new(b.Im.MultiplyAdd(scale, Re), b.Re.MultiplySubtractFrom(scale, Im));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> PlusI(ComplexLanes<V> b) => new(Re - b.Im, Im + b.Re);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> MinusI(ComplexLanes<V> b) => new(Re + b.Im, Im - b.Re);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ComplexLanes<V> Times(V scale) => new(Re * scale, Im * scale);
}
