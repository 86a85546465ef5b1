using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

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
