using Fib.Api.Database;
using Fib.Api.Http;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fib.Api.Submissions;

/// <summary><c>POST /values</c> and <c>POST /values/batch</c>.</summary>
internal static class SubmissionsApi
{
    private static readonly SizedJsonResult<SubmitResponse> Stored = new(new SubmitResponse(true), ApiJson.Default.SubmitResponse);

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
        // The deadline of a submission begins when its body is there: a client may send it slowly.
        values.DisableRequestTimeout();
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
        var (submission, rejection) = await SubmissionRequest.ReadAsync(request, time, cancellationToken);
        if (submission is null)
            return rejection!;

        switch (parser.ReadIndex(submission.Body, out var index))
        {
            case IndexVerdict.TooHigh:
                return TypedResults.Text(SubmissionRules.TooHigh, "text/plain", statusCode: StatusCodes.Status422UnprocessableEntity);
            case IndexVerdict.NotAWholeNumber:
                return SubmissionRequest.Reject(StatusCodes.Status400BadRequest, SubmissionRules.NotAWholeNumber);
            case null:
                return SubmissionRequest.Reject(
                    StatusCodes.Status400BadRequest, "The body is not JSON. Send {\"index\":7} or {\"index\":\"7\"}.");
            default:
                return await writer.TryStoreAsync(new NewSubmission([index], submission.ReceivedAt, submission.Key), cancellationToken)
                    ? Stored
                    : SubmissionRequest.RejectKey();
        }
    }

    private static async Task<Results<SizedJsonResult<BatchResponse>, ProblemHttpResult>> SubmitBatchAsync(
        HttpRequest request, SubmissionParser parser, SubmissionWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var (submission, rejection) = await SubmissionRequest.ReadAsync(request, time, cancellationToken);
        if (submission is null)
            return rejection!;
        if (parser.ReadBatch(submission.Body) is not { } results)
        {
            return SubmissionRequest.Reject(
                StatusCodes.Status400BadRequest, $"Send {{\"indexes\":[5,\"10\"]}}, with 1 to {SubmissionRules.MaxBatchEntries} entries.");
        }

        var accepted = results.Where(result => result.Accepted).Select(result => new SequenceIndex(result.Index!.Value)).ToArray();
        var pending = new NewSubmission(accepted, submission.ReceivedAt, submission.Key);
        return accepted.Length == 0 || await writer.TryStoreAsync(pending, cancellationToken)
            ? new SizedJsonResult<BatchResponse>(new BatchResponse(results), ApiJson.Default.BatchResponse)
            : SubmissionRequest.RejectKey();
    }
}

/// <summary>Describes the bodies of submissions in the OpenAPI document; the endpoints parse them without model binding.</summary>
internal static class SubmissionDescription
{
    public static Task AddBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) =>
        AddBodyAsync(operation, "index", new OpenApiSchema
        {
            Type = JsonSchemaType.Integer | JsonSchemaType.String,
            Description = "One whole number of 0 or more, as an integer or a string of digits.",
        });

    public static Task AddBatchBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) =>
        AddBodyAsync(operation, "indexes", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            MinItems = 1,
            MaxItems = SubmissionRules.MaxBatchEntries,
            Items = new OpenApiSchema(),
            Description = "Whole numbers of 0 or more, as integers or strings of digits; any other entry is rejected by itself.",
        });

    public static Task AddKeyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = SubmissionRules.IdempotencyKeyHeader,
            In = ParameterLocation.Header,
            Description = "What was stored under this key within the last day is not stored again.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String, MinLength = 1, MaxLength = SubmissionRequest.MaxKeyLength, Pattern = "^[!-~]+$",
            },
        });
        return Task.CompletedTask;
    }

    private static Task AddBodyAsync(OpenApiOperation operation, string property, OpenApiSchema schema)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { property },
                        Properties = new Dictionary<string, IOpenApiSchema> { [property] = schema },
                    },
                },
            },
        };
        return Task.CompletedTask;
    }
}
