using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One way to reach a resource: a scheme, the port others use and the port it listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocation = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _port;
    private int? _targetPort;
    private string? _transport;
    private bool? _tlsEnabled;

    /// <summary>Describes an endpoint; scheme and name default to the protocol.</summary>
    public EndpointAnnotation(
        ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Name = name ?? UriScheme;
        ModelName.Check("Endpoint", Name);
        _transport = transport;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
        PortIsFixed = port is > 0;
    }

    /// <summary>The name, unique within the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP, in practice.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port others use; none or 0 lets the host choose.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => (_port, PortIsFixed) = (value, value is > 0);
    }

    /// <summary>The port the resource listens on; none lets the host choose.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    /// <summary>The scheme of its URL.</summary>
    public string UriScheme { get; set; }

    /// <summary>The host the resource binds to.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>http, http2 or tcp.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>Whether a deployment opens it to the outside.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether port and target port may differ.</summary>
    public bool IsProxied { get; set; }

    /// <summary>Whether a reference to the whole resource leaves it out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Whether it speaks TLS; so does https unless said otherwise.</summary>
    public bool TlsEnabled
    {
        get => _tlsEnabled ?? UriScheme == "https";
        set => _tlsEnabled = value;
    }

    /// <summary>The address once the host has given one.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => _allocation.Task.IsCompletedSuccessfully ? _allocation.Task.GetAwaiter().GetResult() : null;
        set => _allocation.TrySetResult(value ?? throw new ArgumentNullException(nameof(value)));
    }

    internal Task<AllocatedEndpoint> Allocation => _allocation.Task;

    internal string? TargetPortVariable { get; set; }

    /// <summary>A port from a launch profile is a wish; one the model gives is an order.</summary>
    internal bool PortIsFixed { get; private set; }

    internal void PreferPort(int port) => (_port, PortIsFixed) = (port, false);
}
