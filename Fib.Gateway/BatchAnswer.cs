using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Microsoft.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>The answer to a batch, with which its entries are answered.</summary>
internal sealed class BatchAnswer
{
    private readonly int _status;
    private readonly ResponseHeaders? _headers;
    private readonly byte[] _body = [];
    private readonly IReadOnlyList<BatchResult> _results = [];

    private BatchAnswer(OwnRequestError? failure) => Failure = failure;

    private BatchAnswer(int status, ResponseHeaders? headers, byte[] body, IReadOnlyList<BatchResult> results) =>
        (_status, _headers, _body, _results) = (status, headers, body, results);

    /// <summary>No replica was available, or none could be connected to.</summary>
    public static BatchAnswer NotSent { get; } = new(null);

    /// <summary>The failure of the request, after which the entries may or may not be stored.</summary>
    public OwnRequestError? Failure { get; }

    /// <summary>Whether the service rejected the whole batch, so that nothing of it is stored.</summary>
    public bool IsRejectedByService => _status is >= 400 and < 500;

    /// <summary>The request failed.</summary>
    public static BatchAnswer Failed(OwnRequestError failure) => new(failure);

    /// <exception cref="JsonException">The response is a success without a result for each entry: some may be stored.</exception>
    public static async Task<BatchAnswer> ReadAsync(HttpResponseMessage response, int entries, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? new BatchAnswer(StatusCodes.Status200OK, null, [], BatchContent.ReadResults(body, entries))
            : new BatchAnswer((int)response.StatusCode, await ResponseHeaders.CopyAsync(response, cancellationToken), body, []);
    }

    /// <summary>Whether an entry is not stored: it, or the whole batch, was rejected or not sent.</summary>
    public bool IsNotStored(int entry) => this == NotSent || IsRejectedByService || (_results.Count > 0 && !_results[entry].Accepted);

    /// <summary>Answers any other entry: it is stored, or the service answered the batch with an error such as 503.</summary>
    public async Task WriteAsync(HttpResponse target)
    {
        if (_headers is null)
            target.ContentType = "application/json; charset=utf-8";
        else
            _headers.AddTo(target);
        var body = _headers is null ? BatchContent.Stored : _body;
        (target.StatusCode, target.ContentLength) = (_status, body.Length);
        await target.BodyWriter.WriteAsync(body, CancellationToken.None);
    }
}

/// <summary>The JSON bodies of batches and of single submissions.</summary>
internal static class BatchContent
{
    /// <summary>The body of the service's answer to a submission that it stored.</summary>
    public static readonly byte[] Stored = JsonSerializer.SerializeToUtf8Bytes(new SubmitResponse(true), BatchJson.Default.SubmitResponse);

    public static HttpContent Create(IEnumerable<SequenceIndex> indexes)
    {
        var batch = new BatchRequest([.. indexes.Select(index => index.ToString())]);
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(batch, BatchJson.Default.BatchRequest));
        content.Headers.TryAddWithoutValidation(HeaderNames.ContentType, "application/json");
        return content;
    }

    /// <exception cref="JsonException">The body has not one result for each entry.</exception>
    public static IReadOnlyList<BatchResult> ReadResults(ReadOnlySpan<byte> body, int entries) =>
        JsonSerializer.Deserialize(body, BatchJson.Default.BatchResponse) is { Results: { } results } && results.Count == entries
            ? results
            : throw new JsonException("The response has not one result for each entry of the batch.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(SubmitResponse))]
internal sealed partial class BatchJson : JsonSerializerContext;
