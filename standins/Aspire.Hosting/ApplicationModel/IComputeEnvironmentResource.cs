using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place compute resources are deployed to.</summary>
public interface IComputeEnvironmentResource : IResource
{
    /// <summary>The host name of an endpoint inside this environment; an environment that has endpoints overrides it.</summary>
    [Experimental("ASPIRECOMPUTE002")]
    ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference) =>
        throw new NotSupportedException($"The environment '{Name}' does not say how '{endpointReference.Resource.Name}' is addressed.");

    /// <summary>One property of an endpoint as others inside this environment see it.</summary>
    [Experimental("ASPIRECOMPUTE002")]
    ReferenceExpression GetEndpointPropertyExpression(EndpointReferenceExpression endpointReferenceExpression)
    {
        ArgumentNullException.ThrowIfNull(endpointReferenceExpression);
        var endpoint = endpointReferenceExpression.Endpoint.EndpointAnnotation;
        ReferenceExpression Host() => GetHostAddressExpression(endpointReferenceExpression.Endpoint);
        var port = DeployedPort(endpoint).ToString(CultureInfo.InvariantCulture);
        return endpointReferenceExpression.Property switch
        {
            EndpointProperty.Url when IsDefaultPort(endpoint) => ReferenceExpression.Create($"{endpoint.UriScheme}://{Host()}"),
            EndpointProperty.Url => ReferenceExpression.Create($"{endpoint.UriScheme}://{Host()}:{port}"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => Host(),
            EndpointProperty.Port => ReferenceExpression.Create($"{port}"),
            EndpointProperty.HostAndPort => ReferenceExpression.Create($"{Host()}:{port}"),
            EndpointProperty.Scheme => ReferenceExpression.Create($"{endpoint.UriScheme}"),
            EndpointProperty.TlsEnabled => ReferenceExpression.Create($"{endpoint.TlsEnabled.ToString()}"),
            EndpointProperty.TargetPort when endpoint.TargetPort is { } target => ReferenceExpression.Create($"{target.ToString(CultureInfo.InvariantCulture)}"),
            EndpointProperty.TargetPort => ReferenceExpression.Create($"{new ContainerPortReference(endpointReferenceExpression.Endpoint.Resource)}"),
            var other => throw new InvalidOperationException($"The property '{other}' is not supported for the endpoint '{endpoint.Name}'."),
        };
    }

    private static bool IsDefaultPort(EndpointAnnotation endpoint) => (endpoint.UriScheme, DeployedPort(endpoint)) is ("http", 80) or ("https", 443);

    private static int DeployedPort(EndpointAnnotation endpoint) => (endpoint.Port, endpoint.UriScheme) switch
    {
        ({ } port, _) => port,
        (_, "http") => 80,
        (_, "https") => 443,
        _ => throw new InvalidOperationException($"Endpoint '{endpoint.Name}' must specify a port for scheme '{endpoint.UriScheme}'."),
    };
}
