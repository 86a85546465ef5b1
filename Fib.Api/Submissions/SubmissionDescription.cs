using Fib.Core.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fib.Api.Submissions;

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
            Description = "Whole numbers of 0 or more, as integers or strings of digits; any other entry is refused by itself.",
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
