using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private static readonly string[] HttpSchemes = ["http", "https"];

    /// <summary>Lets a registered health check tell the resource's health.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Calls the resource healthy while a GET of the path (default /) answers with the status (default 200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHttpHealthCheck(() => Select(builder.Resource, endpointName), path, statusCode);
    }

    /// <summary>Calls the resource healthy while a GET of the path (default /) answers with the status (default 200).</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = endpointSelector is null ? Select(builder.Resource, null) : endpointSelector();
        if (!HttpSchemes.Contains(endpoint.Scheme))
            throw NoHealthCheck(builder.Resource, $"the endpoint with name '{endpoint.EndpointName}' and scheme '{endpoint.Scheme}' is not an HTTP endpoint");
        var (route, status) = (path ?? "/", statusCode ?? 200);
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{route}_{status}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, services => new HttpHealthCheck(endpoint, route, status, services.GetRequiredService<IHttpClientFactory>()), null, null));
        return builder.WithHealthCheck(key);
    }

    private static EndpointReference Select(IResourceWithEndpoints resource, string? name)
    {
        string[] names = name is null ? HttpSchemes : [name];
        return names.Select(n => resource.GetEndpoint(n)).FirstOrDefault(e => e.Exists)
            ?? throw NoHealthCheck(resource, $"no endpoint was found matching one of the specified names: {string.Join(", ", names)}");
    }

    private static DistributedApplicationException NoHealthCheck(IResource resource, string why) =>
        new($"Could not create HTTP health check for resource '{resource.Name}' as {why}.");
}
