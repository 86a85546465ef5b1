using System.Net.Sockets;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes an endpoint, or adds one of that name.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpointName);
        ArgumentNullException.ThrowIfNull(callback);
        if (Find(builder.Resource, endpointName) is { } existing)
        {
            callback(existing);
        }
        else if (createIfNotExists)
        {
            var endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(endpoint);
            builder.WithAnnotation(endpoint);
        }
        return builder;
    }

    /// <summary>Adds an endpoint, or changes the one of that name where a value is given.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, string? name = null,
        string? env = null, bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = Find(builder.Resource, name ?? scheme ?? (protocol ?? ProtocolType.Tcp).ToString());
        if (endpoint is null)
        {
            endpoint = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, null, name, port, targetPort, isExternal, isProxied);
            builder.WithAnnotation(endpoint);
        }
        else
        {
            if (port is not null)
                endpoint.Port = port;
            endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
            endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
            endpoint.IsProxied = isProxied ?? endpoint.IsProxied;
        }
        return builder.WithPortVariable(endpoint, env);
    }

    /// <summary>Adds an http endpoint.</summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <summary>Adds an https endpoint.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    /// <summary>Opens the http and https endpoints it has so far to the outside, when deployed.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    /// <summary>Points at an endpoint by name.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new(builder.Resource, name);
    }

    private static EndpointAnnotation? Find(IResource resource, string name) =>
        resource.Annotations.OfType<EndpointAnnotation>().SingleOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IResourceBuilder<T> WithPortVariable<T>(this IResourceBuilder<T> builder, EndpointAnnotation endpoint, string? variable) where T : IResourceWithEndpoints
    {
        if (variable is null || builder.Resource is not IResourceWithEnvironment)
            return builder;
        var first = endpoint.TargetPortVariable is null;
        endpoint.TargetPortVariable = variable;
        return !first ? builder : builder.WithAnnotation(new EnvironmentCallbackAnnotation(context =>
        {
            context.EnvironmentVariables[endpoint.TargetPortVariable] = new EndpointReference(builder.Resource, endpoint).Property(EndpointProperty.TargetPort);
        }));
    }
}
