using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address, as a value.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference ?? throw new ArgumentNullException(nameof(endpointReference));

    /// <summary>The part.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc />
    public string ValueExpression => Property switch
    {
        EndpointProperty.HostAndPort => $"{Binding("host")}:{Binding("port")}",
        EndpointProperty.IPV4Host => Binding("host"),
        EndpointProperty.TargetPort => Binding("targetPort"),
        EndpointProperty.TlsEnabled => Binding("tlsEnabled"),
        _ => Binding(Property.ToString().ToLowerInvariant()),
    };

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    /// <summary>The value; waits until the endpoint has an address where the value depends on it.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => Property switch
    {
        EndpointProperty.Scheme => Endpoint.Scheme,
        EndpointProperty.TlsEnabled => Endpoint.TlsEnabled.ToString(),
        EndpointProperty.IPV4Host => "127.0.0.1",
        EndpointProperty.TargetPort when Endpoint.TargetPort is { } port => Text(port),
        _ => Part(await Endpoint.EndpointAnnotation.Allocation.WaitAsync(cancellationToken)),
    };

    /// <summary>The value; waits until the endpoint has an address where the value depends on it.</summary>
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);

    private string? Part(AllocatedEndpoint allocated) => Property switch
    {
        EndpointProperty.Url => allocated.UriString,
        EndpointProperty.Host => allocated.Address,
        EndpointProperty.Port => Text(allocated.Port),
        EndpointProperty.TargetPort => allocated.TargetPortExpression,
        EndpointProperty.HostAndPort => allocated.EndPointString,
        _ => throw new InvalidOperationException($"The property '{Property}' is not supported for the endpoint '{Endpoint.EndpointName}'."),
    };

    private string Binding(string part) => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{part}}}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
