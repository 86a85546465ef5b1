using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Fib.Gateway;

/// <summary>
/// Sends the gateway's own requests, which stand for those of many clients. They have connections of their own, so they never wait for a
/// client that reads slowly. They use HTTP/1.1: few are under way at the same time, and HTTP/2 costs more wake-ups.
/// </summary>
internal sealed class ReplicaClient(IForwarderHttpClientFactory clients, UnreachableDestinationPolicy health) : IDisposable
{
    private readonly HttpMessageInvoker _client = clients.CreateClient(
        new ForwarderHttpClientContext { ClusterId = nameof(ReplicaClient), NewConfig = HttpClientConfig.Empty });

    private readonly UnreachableDestinationPolicy _health = health;

    /// <summary>The number of own requests to each replica that have not ended.</summary>
    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> _requests = [];

    private uint _turn;

    /// <summary>
    /// Selects the available replica with the fewest requests, of several in turn: one that hangs receives no further ones.
    /// Returns null if none is available. Dispose the result when the request has ended.
    /// </summary>
    public SelectedReplica? Select(ClusterState cluster)
    {
        var replicas = cluster.DestinationsState.AvailableDestinations;
        if (replicas.Count == 0)
            return null;
        var turn = Interlocked.Increment(ref _turn);
        var selected = Enumerable.Range(0, replicas.Count).Select(n => replicas[(int)((turn + n) % replicas.Count)])
            .MinBy(replica => replica.ConcurrentRequestCount + Volatile.Read(ref CountOf(replica)))!;
        Interlocked.Increment(ref CountOf(selected));
        return new SelectedReplica(this, cluster, selected);
    }

    public void Dispose() => _client.Dispose();

    private ref int CountOf(DestinationState replica) => ref _requests.GetValue(replica, _ => new StrongBox<int>()).Value;

    /// <summary>A replica that serves one request.</summary>
    internal sealed class SelectedReplica(ReplicaClient owner, ClusterState cluster, DestinationState replica) : IDisposable
    {
        /// <param name="path">The path and query, which begins with a slash.</param>
        public Uri CreateAddress(string path) =>
            // Relative to the address, a path that begins with two slashes would be another host (RFC 3986, section 4.2).
            new(new Uri(replica.Model.Config.Address).GetLeftPart(UriPartial.Authority) + path);

        /// <exception cref="HttpRequestException">The replica is unreachable. It receives no requests for a while.</exception>
        public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            try
            {
                var response = await owner._client.SendAsync(request, cancellationToken);
                owner._health.Report(cluster, replica, null);
                return response;
            }
            catch (HttpRequestException exception)
            {
                owner._health.Report(cluster, replica, new OwnRequestError(ForwarderError.Request, exception));
                throw;
            }
        }

        /// <summary>Reports that it did not answer in a time in which it should have. It receives no requests for a while.</summary>
        public void ReportTimeout(OperationCanceledException exception) =>
            owner._health.Report(cluster, replica, new OwnRequestError(ForwarderError.RequestTimedOut, exception));

        public void Dispose() => Interlocked.Decrement(ref owner.CountOf(replica));
    }
}

/// <summary>Why a request of the gateway itself failed, in YARP's terms.</summary>
internal sealed record OwnRequestError(ForwarderError Error, Exception Exception) : IForwarderErrorFeature;
