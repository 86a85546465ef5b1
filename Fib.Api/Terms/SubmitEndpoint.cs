using System.Text.Json;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Terms;

/// <summary><c>POST /values</c>.</summary>
internal static class SubmitEndpoint
{
    public static async Task<Results<Ok<SubmitResponse>, ContentHttpResult, ProblemHttpResult>> SubmitAsync(
        HttpRequest request, IndexReader reader, SubmissionWriter writer, CancellationToken cancellationToken)
    {
        if (!request.IsPlainJson())
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json, in UTF-8 and not compressed.");
        if (!IdempotencyKey.TryRead(request, out var key))
            return Refuse(StatusCodes.Status400BadRequest, IdempotencyKey.Refusal);
        if (await request.ReadWholeBodyAsync(cancellationToken) is not { } body)
            return Refuse(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {RequestBody.MaxBytes} bytes.");

        var (verdict, index) = Read(reader, body);
        switch (verdict)
        {
            case IndexVerdict.TooHigh:
                return TypedResults.Text("Index too high", "text/plain", statusCode: StatusCodes.Status422UnprocessableEntity);
            case IndexVerdict.NotAWholeNumber:
                return Refuse(StatusCodes.Status400BadRequest, "An index is one whole number of 0 or more, such as 7.");
            case null:
                return Refuse(StatusCodes.Status400BadRequest, "The body is not JSON. Send {\"index\":7} or {\"index\":\"7\"}.");
            default:
                return await writer.TryStoreAsync([index], key, cancellationToken)
                    ? TypedResults.Ok(new SubmitResponse(true))
                    : Refuse(StatusCodes.Status422UnprocessableEntity, IdempotencyKey.UsedOtherwise);
        }
    }

    private static ProblemHttpResult Refuse(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>The verdict is null where the body is not JSON.</summary>
    private static (IndexVerdict? Verdict, SequenceIndex Index) Read(IndexReader reader, byte[] body)
    {
        try
        {
            return (reader.Read(body, out var index), index);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8 or has half a surrogate pair.
            return (null, default);
        }
    }
}
