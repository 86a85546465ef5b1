using System.Runtime.CompilerServices;
using Fib.ServiceDefaults.Http;
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
    /// Selects the available replica with the fewest own requests, of several the one with the fewest forwarded ones, and of those one in
    /// turn. So one that hangs receives no second batch while another answers. Returns null if none is available. Dispose the result when
    /// the request has ended.
    /// </summary>
    public SelectedReplica? Select(ClusterState cluster)
    {
        var replicas = cluster.DestinationsState.AvailableDestinations;
        if (replicas.Count == 0)
            return null;
        var turn = Interlocked.Increment(ref _turn);
        var selected = Enumerable.Range(0, replicas.Count).Select(n => replicas[(int)((turn + n) % replicas.Count)])
            .MinBy(replica => (Volatile.Read(ref CountOf(replica)), replica.ConcurrentRequestCount))!;
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

        /// <summary>Sends a request and reads its response.</summary>
        /// <exception cref="HttpRequestException">The replica is unreachable. It receives no requests for a while.</exception>
        /// <exception cref="IOException">It closed the connection early; the same.</exception>
        public async Task<T> SendAsync<T>(
            HttpRequestMessage request, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
        {
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            try
            {
                using var response = await owner._client.SendAsync(request, cancellationToken);
                var result = await read(response);
                owner._health.Report(cluster, replica, null);
                return result;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || ConnectFailure.Is(exception))
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
