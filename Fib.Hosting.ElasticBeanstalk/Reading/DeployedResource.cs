namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>A resource and the service it becomes.</summary>
internal sealed record DeployedResource(IResource Resource, ElasticBeanstalkService Service)
{
    /// <summary>Whether nginx takes the resource's place.</summary>
    public bool IsNginx => Resource.HasAnnotationOfType<NginxAnnotation>();

    /// <summary>Whether others get properties instead of its connection string; what it runs is then described by the AppHost's callback alone.</summary>
    public bool IsExisting => Resource.HasAnnotationOfType<ExistingAnnotation>();

    /// <summary>Whether other resources wait for its end.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Whether a browser reaches it, unless an nginx is in front.</summary>
    public bool IsExternal => !IsNginx && Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal);

    /// <summary>Where an endpoint of it is reached inside the bundle. A project speaks plain http there, since TLS ends at the load balancer.</summary>
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

    /// <summary>The endpoint that the service's one port stands for: http before https before anything else.</summary>
    public static EndpointAnnotation? MainOf(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        return endpoints.FirstOrDefault(endpoint => endpoint.UriScheme == "http") ?? endpoints.FirstOrDefault(endpoint => endpoint.UriScheme == "https") ?? endpoints.FirstOrDefault();
    }

    private IEnumerable<EndpointAnnotation> Endpoints => Resource.Annotations.OfType<EndpointAnnotation>();

    private EndpointAnnotation? Main => MainOf(Resource);

    /// <summary>A container without a target port listens on the port that the app model names; a project's default endpoints share one.</summary>
    private int? PortOf(EndpointAnnotation endpoint) => endpoint.TargetPort ?? (Resource is ContainerResource ? endpoint.Port : null);
}
