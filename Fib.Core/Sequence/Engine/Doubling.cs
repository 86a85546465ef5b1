using Fib.Core.Sequence.Engine.Digits;
using Fib.Core.Sequence.Engine.Fft;

namespace Fib.Core.Sequence.Engine;

/// <summary>
/// The steps from F(k), F(k+1), k at most 92, to F(index): one doubling per remaining bit of the index.
/// The sizes of all steps are known before the computation.
/// </summary>
internal readonly record struct Doubling(int Index, LimbBase LimbBase, int Lanes)
{
    /// <summary>The largest index whose term and next term fit 64 bits.</summary>
    public const int LastSmall = 92;

    /// <summary>The number of doublings.</summary>
    public int Steps => Math.Max(0, 32 - int.LeadingZeroCount(Index / (LastSmall + 1)));

    /// <summary>The index of the first term, which is computed by addition.</summary>
    public int Start => Index >> Steps;

    /// <summary>The index reached by a step, 1 to <see cref="Steps"/>.</summary>
    public int Reached(int step) => Index >> (Steps - step);

    /// <summary>Whether a step also computes the term after the one it reaches: all but the last do.</summary>
    public bool IsPair(int step) => step < Steps;

    /// <summary>The transform whose 2 * Vectors * Lanes limbs hold the result of a step, including a sign.</summary>
    public TransformSize Size(int step)
    {
        var digits = DigitCount.Of(IsPair(step) ? Reached(step) + 1 : Reached(step));
        var limbs = LimbBase.Limbs(digits + 1);
        return TransformSize.AtLeast((limbs + 2 * Lanes - 1) / (2 * Lanes));
    }
}
