using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Microsoft.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>The answer to a batch, from which those of its entries are created.</summary>
internal sealed class BatchAnswer
{
    private readonly HttpStatusCode _status;
    private readonly CopiedHeaders _headers, _contentHeaders;
    private readonly byte[] _body;
    private readonly IReadOnlyList<BatchResult> _results;

    private BatchAnswer(HttpResponseMessage response, byte[] body, IReadOnlyList<BatchResult> results)
    {
        (_status, _body, _results) = (response.StatusCode, body, results);
        (_headers, _contentHeaders) = (new(response.Headers.NonValidated), new(response.Content.Headers.NonValidated));
    }

    /// <summary>Whether the service rejected the whole batch, so that nothing of it is stored.</summary>
    public bool IsRejected => (int)_status is >= 400 and < 500;

    /// <exception cref="JsonException">The response is a success without a result for each entry: some may be stored.</exception>
    public static async Task<BatchAnswer> ReadAsync(HttpResponseMessage response, int entries, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var results = response.StatusCode == HttpStatusCode.OK ? BatchContent.ReadResults(body, entries) : [];
        return new BatchAnswer(response, body, results);
    }

    /// <summary>The answer of one entry, or null if it is not stored because the service rejected it or the batch.</summary>
    public HttpResponseMessage? CreateMessage(int entry)
    {
        if (_status == HttpStatusCode.OK)
            return _results[entry].Accepted ? new HttpResponseMessage { Content = BatchContent.CreateStored() } : null;
        if (IsRejected)
            return null;
        // Such as 503: the client may try again.
        var message = new HttpResponseMessage(_status) { Content = new ByteArrayContent(_body) };
        _headers.AddTo(message.Headers);
        _contentHeaders.AddTo(message.Content.Headers);
        return message;
    }
}

/// <summary>The JSON bodies of batches and of single submissions.</summary>
internal static class BatchContent
{
    private static readonly byte[] Stored = JsonSerializer.SerializeToUtf8Bytes(new SubmitResponse(true), BatchJson.Default.SubmitResponse);

    public static HttpContent Create(IEnumerable<SequenceIndex> indexes)
    {
        var batch = new BatchRequest([.. indexes.Select(index => index.ToString())]);
        return Create(JsonSerializer.SerializeToUtf8Bytes(batch, BatchJson.Default.BatchRequest), "application/json");
    }

    /// <summary>The body of the service's answer to a submission that it stored.</summary>
    public static HttpContent CreateStored() => Create(Stored, "application/json; charset=utf-8");

    /// <exception cref="JsonException">The body has not one result for each entry.</exception>
    public static IReadOnlyList<BatchResult> ReadResults(ReadOnlySpan<byte> body, int entries) =>
        JsonSerializer.Deserialize(body, BatchJson.Default.BatchResponse) is { Results: { } results } && results.Count == entries
            ? results
            : throw new JsonException("The response has not one result for each entry of the batch.");

    private static ByteArrayContent Create(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, type);
        // YARP copies only headers that are set: without it the response would be chunked, in two packets.
        content.Headers.ContentLength = body.Length;
        return content;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(SubmitResponse))]
internal sealed partial class BatchJson : JsonSerializerContext;
