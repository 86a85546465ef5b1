using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>Finds the cluster of a request, and its settings, before YARP handles it.</summary>
internal static class Clusters
{
    /// <summary>The cluster to which a request is forwarded; null if it is not one for YARP.</summary>
    public static ClusterState? FindCluster(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Cluster;

    /// <summary>A value of the cluster's metadata; null if it is not set.</summary>
    public static string? FindSetting(this ClusterState cluster, string name) => cluster.Model.Config.Metadata?.GetValueOrDefault(name);
}

/// <summary>Selects the available replicas of a cluster in turn, for requests that the gateway itself sends.</summary>
internal sealed class ReplicaRotation(ClusterState cluster)
{
    private uint _next;

    /// <summary>The next replica; null if none is available.</summary>
    public DestinationState? Next()
    {
        var replicas = cluster.DestinationsState.AvailableDestinations;
        return replicas.Count == 0 ? null : replicas[(int)(Interlocked.Increment(ref _next) % (uint)replicas.Count)];
    }
}
