using System.Globalization;
using System.Text;
using System.Text.Json;
using Fib.Core.Sequence;

namespace Fib.Api.Terms;

/// <summary>Finds the indexes in a batch's body, <c>{"indexes":[5,"10",20]}</c>.</summary>
internal sealed class BatchReader(IndexReader reader)
{
    /// <summary>The most entries of a batch; it has at least one.</summary>
    public const int MaxEntries = 1_000;

    /// <summary>One result for each entry, in their order; null where the body is not JSON of this shape.</summary>
    public IReadOnlyList<BatchResult>? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && ReadObject(ref json) is { Count: >= 1 and <= MaxEntries } results ? results : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8 or has half a surrogate pair.
            return null;
        }
    }

    private List<BatchResult>? ReadObject(ref Utf8JsonReader json)
    {
        List<BatchResult>? results = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIndexes = json.ValueTextEquals("indexes"u8);
            json.Read();
            if (!isIndexes)
                json.Skip();
            else if (results is null && json.TokenType == JsonTokenType.StartArray)
                results = ReadEntries(ref json);
            else
                return null;
        }

        // Nothing may follow the object.
        json.Read();
        return results;
    }

    private List<BatchResult> ReadEntries(ref Utf8JsonReader json)
    {
        var results = new List<BatchResult>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            // One too many is enough to know.
            if (results.Count <= MaxEntries)
                results.Add(ReadEntry(ref json));
            else
                json.Skip();
        }

        return results;
    }

    private BatchResult ReadEntry(ref Utf8JsonReader json)
    {
        var text = json.TokenType == JsonTokenType.String ? json.GetString() : Encoding.ASCII.GetString(json.ValueSpan);
        return reader.Read(ref json, out var index) switch
        {
            IndexVerdict.Accepted => new(index.Value, true, null),
            IndexVerdict.TooHigh => new(ReadNumber(text), false, SubmissionRequest.TooHigh),
            _ => new(null, false, SubmissionRequest.NotAWholeNumber),
        };
    }

    /// <summary>A number above every index, where it is not too long to be told.</summary>
    private static int? ReadNumber(string? text) =>
        int.TryParse(text?.Trim(' ', '\t'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
