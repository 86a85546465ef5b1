using Fib.ServiceDefaults.Dependencies;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>
/// Leaves a replica out for a moment after it could not be reached or broke off, while another is there. Without this a dead
/// one gets most requests: it fails at once, and so is always the least busy.
/// </summary>
internal sealed class UnreachablePolicy(IDestinationHealthUpdater health, IServiceProvider services) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Unreachable";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        var failure = context.Features.Get<IForwarderErrorFeature>();
        Log(destination.Model.Config.Address, failure);
        if (failure?.IsOfService() ?? false)
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, Pause);
    }

    /// <summary>A replica is one dependency, though several clusters name it.</summary>
    private void Log(string address, IForwarderErrorFeature? failure)
    {
        var replica = services.GetRequiredKeyedService<Dependency>(address);
        if (failure is null)
            replica.SetAvailable(replica.Begin());
        else if (failure.Error is ForwarderError.Request or ForwarderError.RequestTimedOut && failure.IsOfService())
            replica.SetUnavailable(replica.Begin(ago: ServiceClients.ConnectTimeout), failure.Exception?.Message ?? failure.Error.ToString());
    }
}
