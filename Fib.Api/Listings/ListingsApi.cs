using Fib.Api.Http;

namespace Fib.Api.Listings;

/// <summary>The routes that list what is stored.</summary>
internal static class ListingsApi
{
    public static void AddListings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SubmissionPageReader>();
        builder.Services.AddSingleton<AllSubmissionsReader>().AddSingleton<AllSubmissionsCache>();
        builder.Services.AddSingleton<CurrentTermsReader>().AddSingleton<CurrentTermsCache>();
    }

    public static void MapListings(this IEndpointRouteBuilder routes)
    {
        var values = routes.MapGroup("").WithTags("values");
        values.MapMethods("/values", ApiDescription.Reading, SubmissionPageEndpoint.GetAsync)
            .WithSummary("Lists submissions, newest first.");
        // The caches of these two limit how long a request waits (CoalescedFetch): a timeout for each request would cost more.
        values.MapMethods("/values/all", ApiDescription.Reading, AllSubmissionsEndpoint.GetAsync)
            .WithSummary("Every submission's index, oldest first.").DisableRequestTimeout();
        values.MapMethods("/values/current", ApiDescription.Reading, CurrentTermsEndpoint.GetAsync)
            .WithSummary("Every index with its term.").DisableRequestTimeout();
    }
}
