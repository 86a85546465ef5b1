using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Status;

/// <summary><c>GET /system</c>.</summary>
internal static class StatusApi
{
    public static void AddStatus(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<StoredStatusReader>().AddSingleton<CarriedStatusReader>().AddSingleton<SystemStatusReader>().AddSingleton<ApiMetrics>();

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/system", [HttpMethods.Get, HttpMethods.Head], GetAsync)
            .WithTags("system").WithSummary("The backlog, the workers, the stages of the last submissions, the versions; about a second old at most.");

    private static async Task<Ok<SystemStatus>> GetAsync(SystemStatusReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await reader.GetAsync(cancellationToken));
    }
}
