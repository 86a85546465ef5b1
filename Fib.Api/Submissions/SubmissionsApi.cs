using Fib.Api.Database;
using Fib.Api.Http;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Submissions;

/// <summary><c>POST /values</c> and <c>POST /values/batch</c>.</summary>
internal static class SubmissionsApi
{
    public static void AddSubmissions(this WebApplicationBuilder builder)
    {
        var maximum = builder.Configuration.ReadNumber("MAXIMUM_INDEX", SequenceIndex.DefaultMaximum, 0, SequenceIndex.Limit);
        builder.Services.AddSingleton(new SubmissionParser(maximum));
        builder.Services.AddSingleton<SubmissionStore>().AddHosted<SubmissionWriter>().AddHostedService<IdempotencyKeyCleanup>();
        builder.Services.AddSingleton<SubmissionTelemetry>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = SubmissionRequest.MaxBytes);
    }

    public static void MapSubmissions(this IEndpointRouteBuilder routes)
    {
        var values = routes.MapGroup("").WithTags("values");
        values.MapPost("/values", SubmitAsync).WithSummary("Stores a submission durably.")
            .AddOpenApiOperationTransformer(SubmissionDescription.AddBodyAsync)
            .AddOpenApiOperationTransformer(SubmissionDescription.AddKeyAsync);
        values.MapPost("/values/batch", SubmitBatchAsync).WithSummary("Stores up to 1,000 submissions durably, in one commit.")
            .AddOpenApiOperationTransformer(SubmissionDescription.AddBatchBodyAsync)
            .AddOpenApiOperationTransformer(SubmissionDescription.AddKeyAsync);
    }

    private static async Task<Results<SizedJsonResult<SubmitResponse>, ContentHttpResult, ProblemHttpResult>> SubmitAsync(
        HttpRequest request, SubmissionParser parser, SubmissionWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (submission, refusal) = await SubmissionRequest.ReadAsync(request, time, cancellationToken);
        if (submission is null)
            return refusal!;

        switch (parser.ReadIndex(submission.Body, out var index))
        {
            case IndexVerdict.TooHigh:
                return TypedResults.Text(SubmissionRules.TooHigh, "text/plain", statusCode: StatusCodes.Status422UnprocessableEntity);
            case IndexVerdict.NotAWholeNumber:
                return SubmissionRequest.Refuse(StatusCodes.Status400BadRequest, SubmissionRules.NotAWholeNumber);
            case null:
                return SubmissionRequest.Refuse(
                    StatusCodes.Status400BadRequest, "The body is not JSON. Send {\"index\":7} or {\"index\":\"7\"}.");
            default:
                return await writer.TryStoreAsync(new PendingSubmission([index], submission.ReceivedAt, submission.Key), cancellationToken)
                    ? new SizedJsonResult<SubmitResponse>(new SubmitResponse(true), ApiJson.Default.SubmitResponse)
                    : SubmissionRequest.RefuseKey();
        }
    }

    private static async Task<Results<SizedJsonResult<BatchResponse>, ProblemHttpResult>> SubmitBatchAsync(
        HttpRequest request, SubmissionParser parser, SubmissionWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (submission, refusal) = await SubmissionRequest.ReadAsync(request, time, cancellationToken);
        if (submission is null)
            return refusal!;
        if (parser.ReadBatch(submission.Body) is not { } results)
        {
            return SubmissionRequest.Refuse(
                StatusCodes.Status400BadRequest, $"Send {{\"indexes\":[5,\"10\"]}}, with 1 to {SubmissionRules.MaxBatchEntries} entries.");
        }

        var accepted = results.Where(result => result.Accepted).Select(result => new SequenceIndex(result.Index!.Value)).ToArray();
        var pending = new PendingSubmission(accepted, submission.ReceivedAt, submission.Key);
        return accepted.Length == 0 || await writer.TryStoreAsync(pending, cancellationToken)
            ? new SizedJsonResult<BatchResponse>(new BatchResponse(results), ApiJson.Default.BatchResponse)
            : SubmissionRequest.RefuseKey();
    }
}
