using Fib.Core.Sequence;
using Fib.ServiceDefaults.Settings;

namespace Fib.Web.Terms;

/// <summary>The indexes that the page offers: those that the api accepts.</summary>
/// <param name="Maximum">The highest index, which is also the api's setting.</param>
internal sealed record IndexRange(int Maximum)
{
    /// <summary>Reads MAXIMUM_INDEX.</summary>
    /// <exception cref="SettingException">It is malformed.</exception>
    public static IndexRange Read(IConfiguration configuration) =>
        new(configuration.ReadNumber("MAXIMUM_INDEX", SequenceIndex.DefaultMaximum, 0, SequenceIndex.Limit));

    /// <summary>Whether the index is in the range.</summary>
    public bool Contains(int index) => index >= 0 && index <= Maximum;

    /// <summary>The previous and the next index; null if it is not in the range.</summary>
    public (int? Previous, int? Next) GetNeighbours(int index) => (Offer(index - 1), Offer(index + 1));

    /// <summary>The range as "from 0 to 10,000,000".</summary>
    public override string ToString() => $"from 0 to {TermText.Count(Maximum)}";

    private int? Offer(int index) => Contains(index) ? index : null;
}
