namespace Aspire.Hosting;

/// <summary>A connection string taken from configuration.</summary>
internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
{
    public ConnectionStringParameterResource(string name, Func<string> value, string? variable) : base(name, value, secret: true) =>
        (IsConnectionString, ConnectionStringEnvironmentVariable) = (true, variable);

    public string? ConnectionStringEnvironmentVariable { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(ParameterResource)this}");

    public IEnumerable<object> References => [];
}
