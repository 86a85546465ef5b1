using System.Text;
using System.Text.Json;

namespace Fib.Chaos.Load;

/// <summary>One entry of a submission.</summary>
/// <param name="Json">An index as JSON, or an invalid value.</param>
/// <param name="Index">The index; null if the value is invalid.</param>
internal sealed record SubmissionEntry(string Json, int? Index);

/// <summary>The content of one request: one index, or several in a batch.</summary>
/// <param name="IsBatch">Whether the request goes to <c>values/batch</c>, which responds for each entry.</param>
/// <param name="Entries">The entries; exactly one unless it is a batch.</param>
internal sealed record Submission(bool IsBatch, params IReadOnlyList<SubmissionEntry> Entries)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>The name of the responses in the report, before their status.</summary>
    public string Name => IsBatch ? "batch" : "POST";

    /// <summary>Creates a request, which can be sent once.</summary>
    /// <param name="key">The Idempotency-Key; null for none.</param>
    public HttpRequestMessage ToRequest(string? key)
    {
        var json = IsBatch
            ? $$"""{"indexes":[{{string.Join(',', Entries.Select(entry => entry.Json))}}]}"""
            : $$"""{"index":{{Entries[0].Json}}}""";
        var request = new HttpRequestMessage(HttpMethod.Post, IsBatch ? "api/values/batch" : "api/values")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add(KeyHeader, key);
        return request;
    }

    /// <summary>What a response states about each entry, in the order of the entries.</summary>
    public IEnumerable<AttemptResult> ReadResults(HttpExchange exchange) => exchange.Status switch
    {
        "200" when IsBatch => ReadBatch(exchange.Body),
        "200" => [AttemptResult.Acknowledged],
        "400" or "422" => Entries.Select(_ => AttemptResult.Rejected),
        _ => Entries.Select(_ => AttemptResult.Unconfirmed),
    };

    /// <summary>
    /// Reads <c>{"results":[{"index":5,"accepted":true}]}</c>. An entry is unconfirmed if the body is malformed, has another number of
    /// results or another index at the entry's position.
    /// </summary>
    private IEnumerable<AttemptResult> ReadBatch(string body)
    {
        try
        {
            var results = JsonElement.Parse(body).GetProperty("results");
            return results.GetArrayLength() == Entries.Count
                ? [.. results.EnumerateArray().Zip(Entries, ReadEntry)]
                : [.. Entries.Select(_ => AttemptResult.Unconfirmed)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [.. Entries.Select(_ => AttemptResult.Unconfirmed)];
        }
    }

    private static AttemptResult ReadEntry(JsonElement result, SubmissionEntry entry) =>
        !result.GetProperty("accepted").GetBoolean() ? AttemptResult.Rejected
        : result.GetProperty("index").GetInt32() == entry.Index ? AttemptResult.Acknowledged
        : AttemptResult.Unconfirmed;
}
