using System.Text;
using System.Text.Json;
using Fib.Core.Sequence;

namespace Fib.Api.Terms;

/// <summary>Finds the one whole number in a submission's body.</summary>
internal sealed class IndexReader(int maximum)
{
    private const string Property = "index";

    /// <summary>The highest index that is accepted.</summary>
    public int Maximum { get; } = maximum;

    /// <summary>Reads <c>{"index": 7}</c> or <c>{"index": "7"}</c>; other properties are left alone.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public IndexVerdict Read(ReadOnlySpan<byte> body, out SequenceIndex index)
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
            var isIndex = json.ValueTextEquals(Property);
            json.Read();
            if (isIndex)
                // Of two the sender can mean only one, and we cannot know which.
                verdict = verdict is null ? Read(ref json, out index) : IndexVerdict.NotAWholeNumber;
            else
                json.Skip();
        }

        SkipToEnd(ref json);
        return verdict ?? IndexVerdict.NotAWholeNumber;
    }

    /// <summary>Reads the value that the reader is at, and leaves the reader at its end.</summary>
    public IndexVerdict Read(ref Utf8JsonReader json, out SequenceIndex index)
    {
        index = default;
        if (json.TokenType == JsonTokenType.String)
            return SequenceIndex.Read(json.GetString(), Maximum, out index);
        if (json.TokenType == JsonTokenType.Number)
            return SequenceIndex.Read(Encoding.ASCII.GetString(json.ValueSpan), Maximum, out index);
        json.Skip();
        return IndexVerdict.NotAWholeNumber;
    }

    /// <summary>What follows must be JSON, and nothing may follow it.</summary>
    private static void SkipToEnd(ref Utf8JsonReader json)
    {
        while (json.Read())
        {
        }
    }
}
