namespace Fib.AppHost.Dashboard;

/// <summary>What the dashboard shows as a resource's links, instead of bare addresses.</summary>
internal static class Links
{
    /// <summary>The page, the description of the api, and the system's health as the router gives it.</summary>
    public static IResourceBuilder<ProjectResource> WithPageLinks(this IResourceBuilder<ProjectResource> gateway) =>
        gateway.WithLinks(("Page", "/"), ("API description", "/api/openapi/v1.json"), ("Health", "/health"));

    /// <summary>The health of a service that has no page of its own.</summary>
    public static IResourceBuilder<ProjectResource> WithHealthLink(this IResourceBuilder<ProjectResource> service) => service.WithLinks(("Health", "/health"));

    /// <summary>The first takes the place of the endpoint's own link.</summary>
    private static IResourceBuilder<ProjectResource> WithLinks(this IResourceBuilder<ProjectResource> service, params (string Text, string Path)[] links) =>
        service.WithUrls(context =>
        {
            var endpoint = context.GetEndpoint("http")!;
            context.Urls.Clear();
            foreach (var (text, path) in links)
                context.Urls.Add(new ResourceUrlAnnotation { Url = new Uri(new Uri(endpoint.Url), path).ToString(), DisplayText = text, Endpoint = endpoint });
        });
}
