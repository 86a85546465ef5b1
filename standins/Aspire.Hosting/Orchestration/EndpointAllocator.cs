using System.Globalization;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Gives every endpoint its address before anything starts. A resource listens on the port others use; a forwarder stands between
/// where they must differ: several instances, or a target port the model gives.
/// </summary>
internal sealed class EndpointAllocator(RunSession session)
{
    public void Allocate(IResource resource, IReadOnlyList<ResourceInstance> instances)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.Protocol != ProtocolType.Tcp)
                throw new HostRefusal($"Endpoint '{endpoint.Name}' of '{resource.Name}' is {endpoint.Protocol}; only TCP is supported without the real Aspire packages.");
            var token = LaunchTokens.Port(resource.Name, endpoint.Name);
            var port = PublicPort(resource, endpoint);
            var targets = Targets(resource, endpoint, port, instances.Count);
            foreach (var (instance, target) in instances.Zip(targets))
                instance.Tokens[token] = target.ToString(CultureInfo.InvariantCulture);
            if (targets is not [var only] || only != port)
                session.Hold(new PortForwarder(port, targets));
            endpoint.AllocatedEndpoint = new(endpoint, "localhost", port, token);
        }
    }

    private int PublicPort(IResource resource, EndpointAnnotation endpoint)
    {
        var wanted = endpoint.Port ?? 0;
        if (wanted == 0 || (session.RandomizePorts && endpoint.IsProxied))
            return session.Ports.Any();
        if (endpoint.PortIsFixed || !endpoint.IsProxied)
            return session.Ports.Exactly(wanted, $"'{resource.Name}'");
        return session.Ports.TryTake(wanted) ? wanted : session.Ports.Any();
    }

    private int[] Targets(IResource resource, EndpointAnnotation endpoint, int port, int instances)
    {
        // The port inside a container means nothing to the process that stands in for it.
        var given = resource.IsContainer() || !endpoint.IsProxied ? null : endpoint.TargetPort;
        if (instances > 1)
            return [.. Enumerable.Range(0, instances).Select(_ => session.Ports.Any())];
        return given is null || given == port ? [port] : [session.Ports.Exactly(given.Value, $"'{resource.Name}'")];
    }
}
