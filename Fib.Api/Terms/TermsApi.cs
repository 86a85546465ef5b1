namespace Fib.Api.Terms;

/// <summary>The routes under <c>/values</c>, and the greeting at the root.</summary>
internal static class TermsApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapGreeting(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", Reading, () => TypedResults.Text("Hi", "text/html")).WithSummary("Says that the api is there.");

    public static void MapTerms(this IEndpointRouteBuilder routes)
    {
        var values = routes.MapGroup("").WithTags("values");
        values.MapPost("/values", SubmitEndpoint.SubmitAsync).WithSummary("Stores a submission durably.")
            .AddOpenApiOperationTransformer(SubmitDescription.AddBodyAsync).AddOpenApiOperationTransformer(SubmitDescription.AddKeyAsync);
        values.MapPost("/values/batch", BatchEndpoint.SubmitAsync).WithSummary("Stores up to 1,000 submissions durably, in one commit.")
            .AddOpenApiOperationTransformer(SubmitDescription.AddBatchBodyAsync).AddOpenApiOperationTransformer(SubmitDescription.AddKeyAsync);
        values.MapPost("/values/requeue", RequeueEndpoint.RequeueAsync).WithSummary("Puts every failed index on the backlog again.");
        values.MapMethods("/values", Reading, PageEndpoint.GetPageAsync).WithSummary("Lists submissions, newest first.");
        values.MapMethods("/values/all", Reading, AllEndpoint.GetAllAsync).WithSummary("Every submission's index, oldest first.");
        values.MapMethods("/values/current", Reading, CurrentEndpoint.GetCurrentAsync).WithSummary("Every index with its term.");
        values.MapMethods("/values/{index}", Reading, TermEndpoint.GetTermAsync).WithSummary("One whole term.");
    }
}
