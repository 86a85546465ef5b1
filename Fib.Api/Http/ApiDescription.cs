using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fib.Api.Http;

/// <summary>The OpenAPI document and what all endpoints share.</summary>
internal static class ApiDescription
{
    /// <summary>The methods of an endpoint that only reads.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(openApi => openApi.AddDocumentTransformer(DescribeAsync));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.WebHost.ConfigureKestrel(Http2PriorKnowledge.AcceptHttp2);
    }

    /// <summary>
    /// The document at <c>/openapi/v1.json</c>, for HEAD too. It waits for no store, so it has no deadline: the first one takes seconds
    /// on a busy machine.
    /// </summary>
    public static void MapApiDescription(this WebApplication app) =>
        app.MapOpenApi("/openapi/{documentName}.json").DisableRequestTimeout()
            .Add(document => document.Metadata.Add(new HttpMethodMetadata(Reading)));

    public static void MapGreeting(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", Reading, () => TypedResults.Text("Hi", "text/html")).WithSummary("A greeting: the api runs.");

    /// <summary>The server address is that of the browser, behind the router.</summary>
    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Fib";
        document.Servers = [new OpenApiServer { Url = "/api" }];
        return Task.CompletedTask;
    }
}
