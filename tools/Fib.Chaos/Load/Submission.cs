using System.Text;

namespace Fib.Chaos.Load;

/// <summary>What one request submits: one index, or several in a batch.</summary>
/// <param name="IsBatch">Whether it goes to <c>values/batch</c>, which answers for each entry.</param>
/// <param name="Entries">What is submitted; one where it is no batch.</param>
internal sealed record Submission(bool IsBatch, params IReadOnlyList<Entry> Entries)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>What the answers are called in the ledger, before their status.</summary>
    public string Name => IsBatch ? "batched" : "POST";

    /// <summary>The request, which is sent once.</summary>
    /// <param name="key">Its Idempotency-Key; null for none.</param>
    public HttpRequestMessage ToRequest(string? key)
    {
        var json = IsBatch ? $$"""{"indexes":[{{string.Join(',', Entries.Select(entry => entry.Json))}}]}""" : $$"""{"index":{{Entries[0].Json}}}""";
        var request = new HttpRequestMessage(HttpMethod.Post, IsBatch ? "api/values/batch" : "api/values")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add(KeyHeader, key);
        return request;
    }

    /// <summary>What an answer promises for each entry, in their order.</summary>
    /// <param name="exchange">The request's answer, with its body.</param>
    public IEnumerable<Answer> Read(Exchange exchange) => exchange.Outcome switch
    {
        "200" when IsBatch => BatchResults.Read(exchange.Body, Entries),
        "200" => [Answer.Acknowledged],
        "400" or "422" => Entries.Select(_ => Answer.Refused),
        _ => Entries.Select(_ => Answer.Open),
    };
}
