namespace Fib.AppHost.Dashboard;

/// <summary>The links of resources in the dashboard, instead of bare URLs.</summary>
internal static class DashboardLinks
{
    /// <summary>Links to the page, the API description, and the health of the system.</summary>
    public static IResourceBuilder<ProjectResource> WithPageLinks(this IResourceBuilder<ProjectResource> gateway) =>
        gateway.WithLinks(("Page", "/"), ("API description", "/api/openapi/v1.json"), ("Health", "/health"));

    /// <summary>A link to the health of a service.</summary>
    public static IResourceBuilder<ProjectResource> WithHealthLink(this IResourceBuilder<ProjectResource> service) =>
        service.WithLinks(("Health", "/health"));

    /// <summary>Replaces the endpoint's own link.</summary>
    private static IResourceBuilder<ProjectResource> WithLinks(
        this IResourceBuilder<ProjectResource> service, params (string Text, string Path)[] links) =>
        service.WithUrls(context =>
        {
            var endpoint = context.GetEndpoint("http")!;
            context.Urls.Clear();
            foreach (var (text, path) in links)
            {
                var url = new Uri(new Uri(endpoint.Url), path).ToString();
                context.Urls.Add(new ResourceUrlAnnotation { Url = url, DisplayText = text, Endpoint = endpoint });
            }
        });
}
