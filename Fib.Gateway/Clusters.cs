using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>Finds the cluster of a request, and its settings, before YARP handles it.</summary>
internal static class Clusters
{
    /// <summary>The cluster to which a request is forwarded; null if it is not one for YARP.</summary>
    public static ClusterState? FindCluster(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Cluster;

    /// <summary>A value of the cluster's metadata; null if it is not set.</summary>
    public static string? FindSetting(this ClusterConfig cluster, string name) => cluster.Metadata?.GetValueOrDefault(name);
}
