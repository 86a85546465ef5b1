using Fib.Gateway;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which replica receives a request of the gateway itself.</summary>
public sealed class ReplicaClientTests : MiddlewareTestBase
{
    public ReplicaClientTests() : base("unused", "") => SetReplicas(Cluster, "a", "b");

    private protected override Task InvokeAsync(HttpContext context, RequestDelegate forward) => forward(context);

    [Fact]
    public void Select_OneHasAnOwnRequest_SelectsTheOther()
    {
        using var first = Replicas.Select(Cluster)!;
        Find(first).ConcurrentRequestCount = 0;
        Other(first).ConcurrentRequestCount = 100;
        using var second = Replicas.Select(Cluster)!;
        Assert.NotEqual(HostOf(first), HostOf(second));
    }

    [Fact]
    public void Select_OneHasFewerForwardedRequests_SelectsIt()
    {
        Cluster.DestinationsState.AllDestinations[0].ConcurrentRequestCount = 1;
        for (var repetition = 0; repetition < 4; repetition++)
        {
            using var selected = Replicas.Select(Cluster)!;
            Assert.Equal("b", HostOf(selected));
        }
    }

    [Fact]
    public async Task Select_AfterAFailedRequest_SelectsThemInTurnAgain()
    {
        using (var failed = Replicas.Select(Cluster)!)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, failed.CreateAddress("/values"));
            var sent = failed.SendAsync(request, response => Task.FromResult(response), CancellationToken.None);
            (await Upstream.NextSharedAsync()).Fail(new HttpRequestException("reset"));
            await Assert.ThrowsAsync<HttpRequestException>(() => sent);
        }

        var hosts = new List<string>();
        for (var repetition = 0; repetition < 4; repetition++)
        {
            using var selected = Replicas.Select(Cluster)!;
            hosts.Add(HostOf(selected));
        }

        Assert.Equal(["a", "a", "b", "b"], hosts.Order());
    }

    private static string HostOf(ReplicaClient.SelectedReplica replica) => replica.CreateAddress("/").Host;

    private DestinationState Find(ReplicaClient.SelectedReplica replica) =>
        Cluster.DestinationsState.AllDestinations.Single(destination => destination.DestinationId == HostOf(replica));

    private DestinationState Other(ReplicaClient.SelectedReplica replica) =>
        Cluster.DestinationsState.AllDestinations.Single(destination => destination.DestinationId != HostOf(replica));
}
