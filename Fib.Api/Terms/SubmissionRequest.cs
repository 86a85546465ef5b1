using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Terms;

/// <summary>What all submissions have in common: a body of JSON and perhaps an idempotency key.</summary>
internal sealed record SubmissionRequest(byte[] Body, string? Key, DateTimeOffset ReceivedAt)
{
    public const string NotAWholeNumber = "An index is one whole number of 0 or more, such as 7.";

    public const string TooHigh = "Index too high";

    /// <summary>Reads a request that has just arrived, or says why not.</summary>
    public static async Task<(SubmissionRequest? Submission, ProblemHttpResult? Refusal)> ReadAsync(
        HttpRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var receivedAt = time.GetUtcNow();
        if (!request.IsPlainJson())
            return (null, Refuse(StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json, in UTF-8 and not compressed."));
        if (!IdempotencyKey.TryRead(request, out var key))
            return (null, Refuse(StatusCodes.Status400BadRequest, IdempotencyKey.Refusal));
        return await request.ReadWholeBodyAsync(cancellationToken) is { } body
            ? (new SubmissionRequest(body, key, receivedAt), null)
            : (null, Refuse(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {RequestBody.MaxBytes} bytes."));
    }

    public static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    public static ProblemHttpResult RefuseKey() => Refuse(StatusCodes.Status422UnprocessableEntity, IdempotencyKey.UsedOtherwise);
}
