namespace Aspire.Hosting.ApplicationModel;

/// <summary>The address an endpoint was given.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
{
    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; } = endpoint;

    /// <summary>The host name.</summary>
    public string Address { get; } = address;

    /// <summary>The port others use, 1 to 65535.</summary>
    public int Port { get; } = port;

    /// <summary>The port the resource listens on, as text that the host completes for each instance.</summary>
    public string? TargetPortExpression { get; } = targetPortExpression;

    /// <summary>The scheme of the URL.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>host:port.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>scheme://host:port.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}
