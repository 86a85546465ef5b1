using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fib.Api;

/// <summary>The head of the OpenAPI document: the addresses are those of the browser, behind the router.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(openApi => openApi.AddDocumentTransformer(DescribeAsync));

    /// <summary>The document at <c>/openapi/v1.json</c>, for HEAD too.</summary>
    public static void MapApiDescription(this WebApplication app) =>
        app.MapOpenApi("/openapi/{documentName}.json").Add(document => document.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head])));

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Fib";
        document.Servers = [new OpenApiServer { Url = "/api" }];
        return Task.CompletedTask;
    }
}
