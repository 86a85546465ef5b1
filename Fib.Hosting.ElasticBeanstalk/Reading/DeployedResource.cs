namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>A resource and its service in the bundle.</summary>
internal sealed record DeployedResource(IResource Resource, ElasticBeanstalkService Service)
{
    /// <summary>The port of a project, and of a container whose endpoint has none.</summary>
    public const int DefaultPort = 8080;

    /// <summary>Whether nginx replaces the resource.</summary>
    public bool IsNginx => Resource.HasAnnotationOfType<NginxAnnotation>();

    /// <summary>
    /// Whether other resources get properties instead of its connection string. If it is deployed nevertheless, its container is
    /// described only by the callback of PublishAsElasticBeanstalkService.
    /// </summary>
    public bool IsExisting => Resource.HasAnnotationOfType<ExistingAnnotation>();

    /// <summary>Whether it is a job: the AppHost says so, or other resources wait for its completion.</summary>
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
        if (IsProject(Resource) && scheme == "https")
            scheme = "http";
        return (scheme, endpoint is null || endpoint == Main ? Service.Port : PortOf(endpoint) ?? Service.Port);
    }

    /// <summary>The ports on which a project listens for http, the main one first.</summary>
    public IEnumerable<int> HttpPorts => Endpoints.Where(endpoint => endpoint.UriScheme is "http").Select(PortOf).Prepend(null)
        .Select((port, position) => position == 0 ? Service.Port : port).OfType<int>().Distinct();

    /// <summary>
    /// The endpoint of the service's port: an external one has precedence if it listens for http, then http, https and other schemes.
    /// </summary>
    public static EndpointAnnotation? MainOf(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>()
        .OrderByDescending(endpoint =>
            endpoint.IsExternal && (endpoint.UriScheme is "http" || (endpoint.UriScheme is "https" && IsProject(resource))))
        .ThenByDescending(endpoint => endpoint.UriScheme is "http")
        .ThenByDescending(endpoint => endpoint.UriScheme is "https")
        .FirstOrDefault();

    /// <summary>Whether the load balancer and nginx, which connect with plain http, cannot reach it.</summary>
    public bool HasOnlyTls =>
        !IsNginx && Main is { } main && Service.Port == PortOf(main) && AddressOf(main.Name).Scheme == "https";

    /// <summary>The ports of its endpoints, except that of the service.</summary>
    public IReadOnlyList<int> FurtherPorts =>
        IsNginx ? [] : [.. Endpoints.Select(PortOf).OfType<int>().Where(port => port != Service.Port).Distinct()];

    /// <summary>Whether an endpoint exists and has the service's port, which is the one behind the instance's public port.</summary>
    public bool IsOnServicePort(string endpointName) => Endpoints.Any(endpoint =>
        string.Equals(endpoint.Name, endpointName, StringComparison.OrdinalIgnoreCase))
        && AddressOf(endpointName).Port == Service.Port;

    /// <summary>Whether a resource is a .NET project; one with PublishAsDockerFile is a container with the project's annotations.</summary>
    public static bool IsProject(IResource resource) =>
        resource is ProjectResource || resource.HasAnnotationOfType<IProjectMetadata>();

    private IEnumerable<EndpointAnnotation> Endpoints => Resource.Annotations.OfType<EndpointAnnotation>();

    private EndpointAnnotation? Main => MainOf(Resource);

    private int? PortOf(EndpointAnnotation endpoint) => PortOf(Resource, endpoint, Service.Port);

    /// <summary>
    /// The port on which a resource listens, by Aspire's rules: its target port; for a container, otherwise the endpoint's port; for the
    /// default endpoints of a project null, since they share the service's port; otherwise the first one from 8080 on that no other
    /// endpoint has.
    /// </summary>
    public static int? PortOf(IResource resource, EndpointAnnotation endpoint, int? servicePort)
    {
        var ports = new PortAllocator(DefaultPort);
        if (resource is ProjectResource)
            ports.AddUsedPort(servicePort ?? DefaultPort);
        // On its own, the allocator would know only the ports of earlier endpoints.
        foreach (var other in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if ((other.TargetPort ?? other.Port) is { } port)
                ports.AddUsedPort(port);
        }
        return resource.ResolveEndpoints(ports).First(resolved => resolved.Endpoint == endpoint).TargetPort.Value;
    }
}
