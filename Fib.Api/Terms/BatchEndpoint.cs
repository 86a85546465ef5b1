using Fib.Api.Storage;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Terms;

/// <summary><c>POST /values/batch</c>: up to <see cref="BatchReader.MaxEntries"/> submissions in one commit.</summary>
internal static class BatchEndpoint
{
    public static async Task<Results<SizedJsonResult<BatchResponse>, ProblemHttpResult>> SubmitAsync(
        HttpRequest request, BatchReader reader, SubmissionWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (submission, refusal) = await SubmissionRequest.ReadAsync(request, time, cancellationToken);
        if (submission is null)
            return refusal!;
        if (reader.Read(submission.Body) is not { } results)
            return SubmissionRequest.Refuse(StatusCodes.Status400BadRequest, $"Send {{\"indexes\":[5,\"10\"]}}, with 1 to {BatchReader.MaxEntries} entries.");

        var accepted = results.Where(result => result.Accepted).Select(result => new SequenceIndex(result.Index!.Value)).ToArray();
        return accepted.Length == 0 || await writer.TryStoreAsync(new PendingSubmission(accepted, submission.ReceivedAt, submission.Key), cancellationToken)
            ? new SizedJsonResult<BatchResponse>(new BatchResponse(results), ApiJson.Default.BatchResponse)
            : SubmissionRequest.RefuseKey();
    }
}
