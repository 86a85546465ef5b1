namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>A resource and its service in the bundle.</summary>
internal sealed record DeployedResource(IResource Resource, ElasticBeanstalkService Service)
{
    /// <summary>Whether nginx replaces the resource.</summary>
    public bool IsNginx => Resource.HasAnnotationOfType<NginxAnnotation>();

    /// <summary>
    /// Whether other resources get properties instead of its connection string. If it is deployed nevertheless, its container is
    /// described only by the callback of PublishAsElasticBeanstalkService.
    /// </summary>
    public bool IsExisting => Resource.HasAnnotationOfType<ExistingAnnotation>();

    /// <summary>Whether other resources wait for its completion.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Whether it is public, unless an nginx is in front of it.</summary>
    public bool IsExternal => !IsNginx && Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal);

    /// <summary>
    /// The address of an endpoint inside the bundle. A project has plain http there, since the load balancer terminates TLS.
    /// </summary>
    public (string Scheme, int? Port) AddressOf(string endpointName)
    {
        var endpoint = Endpoints.FirstOrDefault(endpoint => string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        var scheme = endpoint?.UriScheme ?? "http";
        if (Resource is ProjectResource && scheme == "https")
            scheme = "http";
        return (scheme, endpoint is null || endpoint == Main ? Service.Port : PortOf(endpoint) ?? Service.Port);
    }

    /// <summary>The ports on which a project listens for http, the main one first.</summary>
    public IEnumerable<int> HttpPorts => Endpoints.Where(endpoint => endpoint.UriScheme is "http").Select(PortOf).Prepend(null)
        .Select((port, position) => position == 0 ? Service.Port : port).OfType<int>().Distinct();

    /// <summary>The endpoint of the service's port: the first http one, else the first https one, else the first.</summary>
    public static EndpointAnnotation? MainOf(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        return endpoints.FirstOrDefault(endpoint => endpoint.UriScheme == "http")
            ?? endpoints.FirstOrDefault(endpoint => endpoint.UriScheme == "https")
            ?? endpoints.FirstOrDefault();
    }

    private IEnumerable<EndpointAnnotation> Endpoints => Resource.Annotations.OfType<EndpointAnnotation>();

    private EndpointAnnotation? Main => MainOf(Resource);

    /// <summary>A container without a target port listens on the endpoint's port; a project's default endpoints share one port.</summary>
    private int? PortOf(EndpointAnnotation endpoint) => endpoint.TargetPort ?? (Resource is ContainerResource ? endpoint.Port : null);
}
