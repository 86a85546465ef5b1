using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace Fib.Gateway;

/// <summary>Has every cluster watch its replicas; where none is left, the lost ones are tried all the same, so a lone service is asked as soon as it is back.</summary>
internal sealed class ReplicasFilter : IProxyConfigFilter
{
    private static readonly HealthCheckConfig Watched = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = UnreachablePolicy.PolicyName },
    };

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster with { HealthCheck = Watched });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
