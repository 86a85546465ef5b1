namespace Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

/// <summary>The argument of <c>aws ecs create-service --service-connect-configuration</c>: provides host names for services.</summary>
internal sealed record ServiceConnect(bool Enabled, string Namespace)
{
    public IReadOnlyList<ServiceConnectService>? Services { get; init; }
}

internal sealed record ServiceConnectService(string PortName, string DiscoveryName, IReadOnlyList<ClientAlias> ClientAliases);

internal sealed record ClientAlias(int Port, string DnsName);
