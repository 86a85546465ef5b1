using System.Globalization;
using System.Text;
using System.Text.Json;
using Fib.Core.Sequence;

namespace Fib.Core.Contracts;

/// <summary>Reads the indexes from the JSON body of a submission.</summary>
/// <param name="maximum">The highest index that is accepted.</param>
public sealed class SubmissionParser(int maximum)
{
    /// <summary>Reads <c>{"index": 7}</c> or <c>{"index": "7"}</c>; other properties are ignored.</summary>
    /// <returns>Null if the body is not JSON.</returns>
    public IndexVerdict? ReadIndex(ReadOnlySpan<byte> body, out SequenceIndex index)
    {
        index = default;
        try
        {
            return ReadObject(body, out index);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return null;
        }
    }

    /// <summary>Reads <c>{"indexes": [5, "10", 20]}</c>; other properties are ignored.</summary>
    /// <returns>One result for each entry, in order; null if the body is not JSON of this shape or has too few or too many
    ///   entries.</returns>
    public IReadOnlyList<BatchResult>? ReadBatch(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            return json.Read() && json.TokenType == JsonTokenType.StartObject &&
                ReadBatchObject(ref json) is { Count: >= 1 and <= SubmissionRules.MaxBatchEntries } results ? results : null;
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return null;
        }
    }

    private IndexVerdict ReadObject(ReadOnlySpan<byte> body, out SequenceIndex index)
    {
        index = default;
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            SkipToEnd(ref json);
            return IndexVerdict.NotAWholeNumber;
        }

        IndexVerdict? verdict = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIndex = json.ValueTextEquals("index"u8);
            json.Read();
            if (isIndex)
                // Two properties of this name are ambiguous, so they are rejected.
                verdict = verdict is null ? ReadValue(ref json, out index) : IndexVerdict.NotAWholeNumber;
            else
                json.Skip();
        }

        SkipToEnd(ref json);
        return verdict ?? IndexVerdict.NotAWholeNumber;
    }

    private List<BatchResult>? ReadBatchObject(ref Utf8JsonReader json)
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

        SkipToEnd(ref json);
        return results;
    }

    private List<BatchResult> ReadEntries(ref Utf8JsonReader json)
    {
        var results = new List<BatchResult>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            // One entry above the maximum is enough to reject the batch.
            if (results.Count <= SubmissionRules.MaxBatchEntries)
                results.Add(ReadEntry(ref json));
            else
                json.Skip();
        }

        return results;
    }

    private BatchResult ReadEntry(ref Utf8JsonReader json)
    {
        var text = json.TokenType == JsonTokenType.String ? json.GetString() : Encoding.ASCII.GetString(json.ValueSpan);
        return ReadValue(ref json, out var index) switch
        {
            IndexVerdict.Accepted => new(index.Value, true, null),
            IndexVerdict.TooHigh => new(ReadNumber(text), false, SubmissionRules.TooHigh),
            _ => new(null, false, SubmissionRules.NotAWholeNumber),
        };
    }

    /// <summary>Reads the current value and moves the reader to its end.</summary>
    private IndexVerdict ReadValue(ref Utf8JsonReader json, out SequenceIndex index)
    {
        index = default;
        if (json.TokenType == JsonTokenType.String)
            return SequenceIndex.Read(json.GetString(), maximum, out index);
        if (json.TokenType == JsonTokenType.Number)
            return SequenceIndex.Read(Encoding.ASCII.GetString(json.ValueSpan), maximum, out index);
        json.Skip();
        return IndexVerdict.NotAWholeNumber;
    }

    /// <summary>A number above the maximum index, or null if it does not fit into 32 bits.</summary>
    private static int? ReadNumber(string? text) =>
        int.TryParse(text?.Trim(' ', '\t'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The reader throws if the rest is not JSON or if something follows the value.</summary>
    private static void SkipToEnd(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
        }
    }

    /// <summary>InvalidOperationException: a string that is not valid UTF-8 or has half a surrogate pair.</summary>
    private static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;
}
