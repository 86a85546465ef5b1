using System.Text.Json;

namespace Fib.Chaos.Load;

/// <summary>Reads the body of a batch's answer, <c>{"results":[{"index":5,"accepted":true}]}</c>.</summary>
internal static class BatchResults
{
    /// <summary>What it promises for each entry; nothing for an entry of which it does not speak, or that it takes for another.</summary>
    public static IEnumerable<Answer> Read(string body, IReadOnlyList<Entry> entries)
    {
        try
        {
            var results = JsonElement.Parse(body).GetProperty("results");
            return results.GetArrayLength() == entries.Count
                ? [.. results.EnumerateArray().Zip(entries, Read)]
                : [.. entries.Select(_ => Answer.Open)];
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [.. entries.Select(_ => Answer.Open)];
        }
    }

    private static Answer Read(JsonElement result, Entry entry) =>
        !result.GetProperty("accepted").GetBoolean() ? Answer.Refused
        : result.GetProperty("index").GetInt32() == entry.Index ? Answer.Acknowledged
        : Answer.Open;
}
