using Fib.Core.Sequence.Engine.Vectors;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// Two quadratic forms of a pair of numbers, each written as one product of two linear ones,
/// so that both cost one convolution: the linear factors are computed between the transforms.
/// </summary>
internal interface IForm
{
    /// <summary>The factors of the first form.</summary>
    static abstract (ComplexLanes<V> U, ComplexLanes<V> V) First<V>(ComplexLanes<V> a, ComplexLanes<V> b)
        where V : unmanaged, ILanes<V>;

    /// <summary>The factors of the second form.</summary>
    static abstract (ComplexLanes<V> U, ComplexLanes<V> V) Second<V>(ComplexLanes<V> a, ComplexLanes<V> b)
        where V : unmanaged, ILanes<V>;
}
