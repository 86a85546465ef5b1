using System.Runtime.CompilerServices;
using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>From F(k), F(k+1) to F(2k) = a(2b - a) and F(2k+1) = a^2 + b^2 = (a + ib)(a - ib).</summary>
internal readonly struct EvenForm : IForm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ComplexLanes<V> U, ComplexLanes<V> V) First<V>(ComplexLanes<V> a, ComplexLanes<V> b)
        where V : unmanaged, ILanes<V> => (a, b + b - a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ComplexLanes<V> U, ComplexLanes<V> V) Second<V>(ComplexLanes<V> a, ComplexLanes<V> b)
        where V : unmanaged, ILanes<V> => (a.PlusI(b), a.MinusI(b));
}

/// <summary>From F(k), F(k+1) to F(2k+1) = (a + ib)(a - ib) and F(2k+2) = b(2a + b).</summary>
internal readonly struct OddForm : IForm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ComplexLanes<V> U, ComplexLanes<V> V) First<V>(ComplexLanes<V> a, ComplexLanes<V> b)
        where V : unmanaged, ILanes<V> => (a.PlusI(b), a.MinusI(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ComplexLanes<V> U, ComplexLanes<V> V) Second<V>(ComplexLanes<V> a, ComplexLanes<V> b)
        where V : unmanaged, ILanes<V> => (b, a + a + b);
}
