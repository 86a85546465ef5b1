namespace Fib.Core.Sequence;

/// <summary>What was found where an index should be.</summary>
public enum IndexVerdict
{
    /// <summary>One whole number in range.</summary>
    Accepted,

    /// <summary>Anything else than one whole number of 0 or more.</summary>
    NotAWholeNumber,

    /// <summary>A whole number above the configured maximum.</summary>
    TooHigh,
}
