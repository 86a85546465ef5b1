using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Microsoft.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>
/// Sends one batch for all submissions that wait at the same time, and answers each of them. Only what the service stored is
/// answered with its result in the batch; what it rejected is sent itself, so that its client receives the service's own answer.
/// </summary>
internal sealed class SubmissionJoiningHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>The metadata of a cluster whose requests have this handler, with any value.</summary>
    public const string Setting = "JoinSubmissions";

    /// <summary>The longest body that is read, in bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Higher indexes are sent themselves: most services reject them, and at once.</summary>
    private static readonly SubmissionParser Parser = new(SequenceIndex.DefaultMaximum);

    private readonly ConcurrentDictionary<string, JoinedSubmissions> _replicas = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is { } content && CanJoin(request, content.Headers)
            ? SendSubmissionAsync(request, content, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    /// <summary>A request with an idempotency key is not joined: a batch has only one.</summary>
    private static bool CanJoin(HttpRequestMessage request, HttpContentHeaders content) =>
        request.Method == HttpMethod.Post && request.RequestUri is { AbsolutePath: "/values", Query: "" }
        && content.ContentLength is > 0 and <= MaxBytes
        && content.NonValidated.TryGetValues(HeaderNames.ContentType, out var type) && IsJsonInUtf8(type.ToString())
        && !content.NonValidated.Contains(HeaderNames.ContentEncoding)
        && !request.Headers.NonValidated.Contains(SubmissionRules.IdempotencyKeyHeader);

    /// <summary>Other spellings exist. They are not joined.</summary>
    private static bool IsJsonInUtf8(string type) =>
        type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/json; charset=utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/json;charset=utf-8", StringComparison.OrdinalIgnoreCase);

    private async Task<HttpResponseMessage> SendSubmissionAsync(
        HttpRequestMessage request, HttpContent content, CancellationToken cancellationToken)
    {
        var replica = _replicas.GetOrAdd(
            request.RequestUri!.Authority, (_, first) => new JoinedSubmissions(first, SendBatchAsync, time), request);
        try
        {
            if (replica.Enter()
                && Parser.ReadIndex(await content.ReadAsByteArrayAsync(cancellationToken), out var index) == IndexVerdict.Accepted
                && await replica.SendAsync(index, cancellationToken) is { } response)
                return response;
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            replica.Leave();
        }
    }

    private Task<HttpResponseMessage> SendBatchAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);
}
