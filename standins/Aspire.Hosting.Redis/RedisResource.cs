namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public class RedisResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    private EndpointReference? _primaryEndpoint;

    /// <summary>A Redis server with a password.</summary>
    public RedisResource(string name, ParameterResource password) : this(name)
    {
        PasswordParameter = password;
        ShellExecution = true;
    }

    /// <summary>The endpoint clients connect to.</summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>That endpoint's host.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>That endpoint's port.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The password, if it has one.</summary>
    public ParameterResource? PasswordParameter { get; private set; }

    /// <summary>Whether it speaks TLS; the stand-in never does.</summary>
    public bool TlsEnabled => PrimaryEndpoint.TlsEnabled;

    /// <summary>host:port,password=..., as StackExchange.Redis reads it.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        this.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect) ? redirect.Resource.ConnectionStringExpression : OwnConnectionString();

    /// <summary>redis://:password@host:port.</summary>
    public ReferenceExpression UriExpression
    {
        get
        {
            var uri = new ReferenceExpressionBuilder();
            uri.Append($"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://");
            if (PasswordParameter is not null)
                uri.Append($":{PasswordParameter:uri}@");
            uri.Append($"{Host}:{Port}");
            return uri.Build();
        }
    }

    /// <summary>The connection string's value, once the endpoint has an address.</summary>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ConnectionStringExpression.GetValueAsync(cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        if (PasswordParameter is not null)
            yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        yield return new("Uri", UriExpression);
    }

    internal void SetPassword(ParameterResource? password) => PasswordParameter = password;

    private ReferenceExpression OwnConnectionString()
    {
        var text = new ReferenceExpressionBuilder();
        text.Append($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
        if (PasswordParameter is not null)
            text.Append($",password={PasswordParameter}");
        text.Append($"{PrimaryEndpoint.GetTlsValue(ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty)}");
        return text.Build();
    }
}
