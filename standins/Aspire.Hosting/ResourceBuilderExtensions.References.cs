namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Tells the resource how to connect to another: a connection string, and its parts one by one.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        var flags = Flags(builder.Resource);
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionString))
                context.EnvironmentVariables[resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = new ConnectionStringReference(resource, optional);
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
                foreach (var (part, value) in Parts(resource))
                    context.EnvironmentVariables[Prefix(name) + part.ToUpperInvariant()] = value;
        });
    }

    /// <summary>Tells the resource where another's endpoints are.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source) where TDestination : IResourceWithEnvironment =>
        builder.WithEndpoints(source.Resource, null, null);

    /// <summary>Tells the resource where another's endpoints are, under a name of its own.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name) where TDestination : IResourceWithEnvironment =>
        builder.WithEndpoints(source.Resource, null, name);

    /// <summary>Tells the resource where one endpoint is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference) where TDestination : IResourceWithEnvironment =>
        builder.WithEndpoints(endpointReference.Resource, endpointReference.EndpointName, null);

    /// <summary>Tells the resource where a service outside the model is: an absolute URI without query and fragment.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, string name, Uri uri) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new InvalidOperationException($"The URI for service reference '{name}' must be absolute, without query and fragment.");
        var flags = Flags(builder.Resource);
        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
        if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            builder.WithEnvironment(VariableName.Of(name), uri.ToString());
        return builder;
    }

    /// <summary>Chooses the families of variables that references add.</summary>
    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder, ReferenceEnvironmentInjectionFlags flags) where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReferenceEnvironmentInjectionAnnotation(flags));
    }

    /// <summary>Adds a part to the connection string's parts.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value) where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));
    }

    /// <summary>Adds a part to the connection string's parts.</summary>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value) where T : IResourceWithConnectionString =>
        builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    /// <summary>Makes the resource answer with another's connection string.</summary>
    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource) where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource));
    }

    private static string Prefix(string name) => name.Length == 0 ? "" : VariableName.Of(name).ToUpperInvariant() + "_";

    private static IEnumerable<KeyValuePair<string, ReferenceExpression>> Parts(IResourceWithConnectionString resource) =>
        resource.GetConnectionProperties().Concat(
            resource.Annotations.OfType<ConnectionPropertyAnnotation>().Select(a => KeyValuePair.Create(a.Name, a.Value)));

    private static ReferenceEnvironmentInjectionFlags Flags(IResource resource) =>
        resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var annotation) ? annotation.Flags : ReferenceEnvironmentInjectionFlags.All;
}
