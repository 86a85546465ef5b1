using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Fib.Api.Listings;

/// <summary>The current term of each index, in ascending order of index, serialized.</summary>
internal sealed class CurrentTermsTable
{
    private const string PendingText = "Nothing yet!";
    private const string FailedText = "Failed";

    /// <summary>The memory of an entry besides its text.</summary>
    private const int OverheadBytes = 120;

    // Keeps the ellipsis of a shortened term readable; the content type prevents browsers from rendering the JSON as HTML.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly SortedDictionary<int, (byte[] Text, State State)> _entries = [];
    private TextSnapshot? _snapshot;

    private enum State
    {
        Pending,
        Computed,
        Failed,
    }

    /// <summary>The approximate memory of the table.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of failed indexes.</summary>
    public long Failed { get; private set; }

    /// <summary>
    /// Serializes a term as the course application does, <c>"7":"13"</c> or <c>"8":"Nothing yet!"</c>, without a separator.
    /// </summary>
    public static byte[] WriteItem(CurrentTerm term)
    {
        var text = term switch { { IsFailed: true } => FailedText, { Preview: { } preview } => Encoder.Encode(preview), _ => PendingText };
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{term.Index}\":\"{text}\""));
    }

    /// <summary>Replaces the term of an index.</summary>
    public void Set(CurrentTerm term) =>
        Set(term, term switch { { IsFailed: true } => State.Failed, { Preview: not null } => State.Computed, _ => State.Pending });

    /// <summary>Applies an event. After a submission, an index without a term is pending; a computed term stays.</summary>
    public void Apply(CurrentTerm change)
    {
        if (change.Preview is not null || !_entries.TryGetValue(change.Index, out var known) || known.State == State.Failed)
            Set(change);
    }

    /// <summary>The JSON of the table; the same object until the table changes.</summary>
    public TextSnapshot Take()
    {
        if (_snapshot is not null)
            return _snapshot;
        var text = new ChunkedBuffer();
        foreach (var (item, _) in _entries.Values)
        {
            text.Append(text.Length == 0 ? "{"u8 : ","u8);
            text.Append(item);
        }

        text.Append(text.Length == 0 ? "{}"u8 : "}"u8);
        return _snapshot = new TextSnapshot(text);
    }

    private void Set(CurrentTerm term, State state)
    {
        if (_entries.TryGetValue(term.Index, out var old))
        {
            Bytes -= old.Text.Length + OverheadBytes;
            Failed -= old.State == State.Failed ? 1 : 0;
        }

        var text = WriteItem(term);
        _entries[term.Index] = (text, state);
        Bytes += text.Length + OverheadBytes;
        Failed += state == State.Failed ? 1 : 0;
        _snapshot = null;
    }
}
