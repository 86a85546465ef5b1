namespace Fib.Web.Components;

internal static class PagesExtensions
{
    /// <summary>Pages as Razor components map them, and for HEAD too. The filter of cross-site posts takes the place of tokens, which need stored keys.</summary>
    public static void MapPages(this WebApplication app) => app.MapRazorComponents<App>().DisableAntiforgery()
        .RequireRateLimiting(PageLimit.Policy)
        .Add(page => page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post])));
}
