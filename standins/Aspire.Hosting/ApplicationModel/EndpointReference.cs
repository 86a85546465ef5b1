namespace Aspire.Hosting.ApplicationModel;

/// <summary>Points at an endpoint of a resource, by name, before the endpoint needs to exist.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _annotation;

    /// <summary>Refers to an endpoint by name.</summary>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        (Resource, EndpointName) = (owner, endpointName);
    }

    /// <summary>Refers to a known endpoint.</summary>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint) : this(owner, endpoint.Name) => _annotation = endpoint;

    /// <summary>The resource that has the endpoint.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>What to say when the endpoint does not exist.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The endpoint; throws InvalidOperationException when there is none of that name.</summary>
    public EndpointAnnotation EndpointAnnotation => Find() ?? throw new InvalidOperationException(
        ErrorMessage ?? $"The endpoint `{EndpointName}` is not defined for the resource `{Resource.Name}`. Its endpoints: {Names()}.");

    /// <summary>Whether the resource has such an endpoint.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the host has given it an address.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>Whether its scheme is http.</summary>
    public bool IsHttp => Scheme == "http";

    /// <summary>Whether its scheme is https.</summary>
    public bool IsHttps => Scheme == "https";

    /// <summary>Whether its name is http or https.</summary>
    public bool IsHttpSchemeNamedEndpoint => EndpointName.ToLowerInvariant() is "http" or "https";

    /// <summary>Whether it speaks TLS.</summary>
    public bool TlsEnabled => Find()?.TlsEnabled ?? false;

    /// <summary>Whether references to the whole resource leave it out.</summary>
    public bool ExcludeReferenceEndpoint => Find()?.ExcludeReferenceEndpoint ?? false;

    /// <summary>The scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>The host name, once allocated.</summary>
    public string Host => Allocated.Address;

    /// <summary>The port others use, once allocated.</summary>
    public int Port => Allocated.Port;

    /// <summary>The port it listens on, where the model says so.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>The URL, once allocated.</summary>
    public string Url => Allocated.UriString;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    string IManifestExpressionProvider.ValueExpression => Property(EndpointProperty.Url).ValueExpression;

    private AllocatedEndpoint Allocated => EndpointAnnotation.AllocatedEndpoint
        ?? throw new InvalidOperationException($"The endpoint `{EndpointName}` is not allocated for the resource `{Resource.Name}`.");

    /// <summary>One part of its address.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>One of two expressions, by whether the endpoint speaks TLS when it is evaluated.</summary>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) =>
        ReferenceExpression.CreateConditional(Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    /// <summary>The URL; waits for the allocation.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <summary>The URL; waits for the allocation.</summary>
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);

    private EndpointAnnotation? Find() => _annotation ??= Resource.Annotations.OfType<EndpointAnnotation>()
        .SingleOrDefault(e => e.Name.Equals(EndpointName, StringComparison.OrdinalIgnoreCase));

    private string Names() => string.Join(", ", Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.Name).DefaultIfEmpty("none"));
}
