namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private static IResourceBuilder<T> WithEndpoints<T>(this IResourceBuilder<T> builder, IResourceWithEndpoints source, string? endpointName, string? name)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var references = builder.Resource.Annotations.OfType<EndpointReferenceAnnotation>().SingleOrDefault(a => a.Resource == source);
        if (references is null)
        {
            builder.WithAnnotation(references = new EndpointReferenceAnnotation(source));
            builder.WithEnvironment(context => AddEndpoints(context, references, name));
        }
        if (endpointName is null)
            references.UseAllEndpoints = true;
        else
            references.EndpointNames.Add(endpointName);
        return builder.WithReferenceRelationship(source);
    }

    private static void AddEndpoints(EnvironmentCallbackContext context, EndpointReferenceAnnotation references, string? name)
    {
        var flags = Flags(context.Resource);
        foreach (var endpoint in references.Resource.GetEndpoints())
        {
            var wanted = references.EndpointNames.Contains(endpoint.EndpointName) || (references.UseAllEndpoints && !endpoint.ExcludeReferenceEndpoint);
            if (wanted && flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
                context.EnvironmentVariables[EndpointVariable(references.Resource.Name, name, endpoint.EndpointName)] = endpoint;
            if (wanted && flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
                context.EnvironmentVariables[DiscoveryVariable(context.EnvironmentVariables, name ?? references.Resource.Name, endpoint)] = endpoint;
        }
    }

    // A name of the caller's own keeps its case.
    private static string EndpointVariable(string resource, string? name, string endpoint) =>
        $"{VariableName.Of(name ?? resource.ToUpperInvariant())}_{VariableName.Of(endpoint).ToUpperInvariant()}";

    private static string DiscoveryVariable(Dictionary<string, object> taken, string service, EndpointReference endpoint)
    {
        var scheme = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
        return Enumerable.Range(0, int.MaxValue).Select(i => $"services__{service}__{scheme}__{i}").First(key => !taken.ContainsKey(key));
    }
}
