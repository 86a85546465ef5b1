using System.Buffers;
using Fib.Core.Contracts;
using Fib.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Submissions;

/// <summary>The parts that all submissions share.</summary>
/// <param name="Body">The JSON body.</param>
/// <param name="Key">The idempotency key, or null if there is none.</param>
/// <param name="ReceivedAt">When the request arrived.</param>
internal sealed record SubmissionRequest(byte[] Body, string? Key, DateTimeOffset ReceivedAt)
{
    /// <summary>The maximum length of a body, in bytes.</summary>
    public const int MaxBytes = 100 * 1024;

    /// <summary>The maximum length of an idempotency key, in characters.</summary>
    public const int MaxKeyLength = 255;

    private const string NotPlainJson = "The content type must be application/json, in UTF-8 and not compressed.";

    private static readonly string MalformedKey = $"{SubmissionRules.IdempotencyKeyHeader} must be 1 to 255 visible ASCII characters.";

    private static readonly string KeyOfAnotherSubmission =
        $"This {SubmissionRules.IdempotencyKeyHeader} was used for another submission; nothing was stored. Use a new key for new indexes.";

    /// <summary>Reads a request, or returns the response that rejects it.</summary>
    public static async Task<(SubmissionRequest? Submission, ProblemHttpResult? Rejection)> ReadAsync(
        HttpRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        if (!IsPlainJson(request))
            return (null, Reject(StatusCodes.Status415UnsupportedMediaType, NotPlainJson));
        if (!TryReadKey(request, out var key))
            return (null, Reject(StatusCodes.Status400BadRequest, MalformedKey));
        return await ReadBodyAsync(request, cancellationToken) is { } body
            ? (new SubmissionRequest(body, key, receivedAt), null)
            : (null, Reject(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxBytes} bytes."));
    }

    public static ProblemHttpResult Reject(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>The key was used for a submission with other indexes.</summary>
    public static ProblemHttpResult RejectKey() => Reject(StatusCodes.Status422UnprocessableEntity, KeyOfAnotherSubmission);

    private static bool IsPlainJson(HttpRequest request) =>
        request.IsJsonInUtf8() && !request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding).Any(IsCompression);

    private static bool IsCompression(string encoding) => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns false if the header exists and is malformed.</summary>
    private static bool TryReadKey(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(SubmissionRules.IdempotencyKeyHeader, out var values))
            return true;
        if (values is not [{ Length: >= 1 and <= MaxKeyLength } only] || only.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return false;
        key = only;
        return true;
    }

    /// <summary>The body, or null if it is larger than <see cref="MaxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">The request is malformed in another way.</exception>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await request.BodyReader.ReadAtLeastAsync(MaxBytes + 1, cancellationToken);
            var bytes = body.Buffer.ToArray();
            request.BodyReader.AdvanceTo(body.Buffer.End);
            return bytes;
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
