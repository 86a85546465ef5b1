using Fib.ServiceDefaults.Dependencies;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>
/// Sends no requests to a replica for a second after it was unreachable or closed a connection early, if another one is
/// available. Without this a dead replica gets most requests: it fails immediately, and so always has the fewest requests.
/// </summary>
internal sealed class UnreachableDestinationPolicy(IDestinationHealthUpdater health, IServiceProvider services) : IPassiveHealthCheckPolicy
{
    public const string PolicyName = "Unreachable";

    private static readonly TimeSpan ReactivationPeriod = TimeSpan.FromSeconds(1);

    public string Name => PolicyName;

    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination) =>
        Report(cluster, destination, context.Features.Get<IForwarderErrorFeature>());

    /// <summary>Reports a request to a replica, with the error if it failed.</summary>
    public void Report(ClusterState cluster, DestinationState replica, IForwarderErrorFeature? error)
    {
        Log(replica.Model.Config.Address, error);
        if (error?.IsServiceFailure() ?? false)
            health.SetPassive(cluster, replica, DestinationHealth.Unhealthy, ReactivationPeriod);
    }

    /// <summary>Several clusters may have the same replica as a destination; it is one dependency.</summary>
    private void Log(string address, IForwarderErrorFeature? error)
    {
        var replica = services.GetRequiredKeyedService<Dependency>(address);
        if (error is null)
        {
            replica.SetAvailable(replica.Begin());
        }
        else if (error.Error is ForwarderError.Request or ForwarderError.RequestTimedOut && error.IsServiceFailure())
        {
            replica.SetUnavailable(
                replica.Begin(ago: LongestAttempt(error.Error)), error.Exception?.Message ?? error.Error.ToString());
        }
    }

    /// <summary>The longest time since an attempt with this result began.</summary>
    private static TimeSpan LongestAttempt(ForwarderError error) =>
        error == ForwarderError.RequestTimedOut ? JoinedSubmissions.Deadline : GatewayHttpClientFactory.ConnectTimeout;
}

/// <summary>
/// Enables <see cref="UnreachableDestinationPolicy"/> for every cluster. If no replica is healthy, requests go to all of them, so
/// that a single replica serves requests as soon as it has recovered.
/// </summary>
internal sealed class PassiveHealthCheckFilter : IProxyConfigFilter
{
    private static readonly HealthCheckConfig HealthCheck = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = UnreachableDestinationPolicy.PolicyName },
    };

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) =>
        new(cluster with { HealthCheck = HealthCheck });

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
