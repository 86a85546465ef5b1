using System.Text.Json;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Terms;

/// <summary><c>POST /values</c>.</summary>
internal static class SubmitEndpoint
{
    public static async Task<Results<SizedJsonResult<SubmitResponse>, ContentHttpResult, ProblemHttpResult>> SubmitAsync(
        HttpRequest request, IndexReader reader, SubmissionWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (submission, refusal) = await SubmissionRequest.ReadAsync(request, time, cancellationToken);
        if (submission is null)
            return refusal!;

        var (verdict, index) = Read(reader, submission.Body);
        switch (verdict)
        {
            case IndexVerdict.TooHigh:
                return TypedResults.Text(SubmissionRequest.TooHigh, "text/plain", statusCode: StatusCodes.Status422UnprocessableEntity);
            case IndexVerdict.NotAWholeNumber:
                return SubmissionRequest.Refuse(StatusCodes.Status400BadRequest, SubmissionRequest.NotAWholeNumber);
            case null:
                return SubmissionRequest.Refuse(StatusCodes.Status400BadRequest, "The body is not JSON. Send {\"index\":7} or {\"index\":\"7\"}.");
            default:
                return await writer.TryStoreAsync(new PendingSubmission([index], submission.ReceivedAt, submission.Key), cancellationToken)
                    ? new SizedJsonResult<SubmitResponse>(new SubmitResponse(true), ApiJson.Default.SubmitResponse)
                    : SubmissionRequest.RefuseKey();
        }
    }

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
