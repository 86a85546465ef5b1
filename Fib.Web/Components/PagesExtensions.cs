using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Fib.Web.Components;

/// <summary>
/// Registers and maps the pages. A concurrency limit bounds the memory that rendering takes, since each page is in memory until it
/// is written.
/// </summary>
internal static class PagesExtensions
{
    private const string ConcurrencyPolicy = "pages";

    /// <summary>A page of 50 rows takes megabytes, and the heap of a small container has 64 MiB: 12 pages barely fit, 32 do not.</summary>
    private const int MaxConcurrentPages = 4;

    /// <summary>Further requests are rejected with 503 and Retry-After.</summary>
    private const int MaxQueuedRequests = 1_000;

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddRateLimiter(options =>
        {
            var limiter = new ConcurrencyLimiterOptions
            {
                PermitLimit = MaxConcurrentPages,
                QueueLimit = MaxQueuedRequests,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            };
            options.AddPolicy(ConcurrencyPolicy, _ => RateLimitPartition.GetConcurrencyLimiter(ConcurrencyPolicy, _ => limiter));
            options.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.SetUnavailable();
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>
    /// Maps the Razor components, also for HEAD, and for POST if they have a form. <see cref="Security.CrossSitePostFilter"/> replaces
    /// antiforgery tokens, which need stored keys.
    /// </summary>
    public static void MapPages(this WebApplication app) => app.MapRazorComponents<App>().DisableAntiforgery()
        .RequireRateLimiting(ConcurrencyPolicy)
        .Add(page => page.Metadata.Add(new HttpMethodMetadata(
            HasForm(page) ? [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post] : [HttpMethods.Get, HttpMethods.Head])));

    private static bool HasForm(EndpointBuilder page) => page.Metadata.OfType<ComponentTypeMetadata>().Any(component =>
        component.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(property => property.IsDefined(typeof(SupplyParameterFromFormAttribute))));
}
