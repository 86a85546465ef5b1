using Fib.Gateway;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which replica receives a request of the gateway itself.</summary>
public sealed class ReplicaClientTests : MiddlewareTestBase
{
    public ReplicaClientTests() : base([]) => SetReplicas(Cluster, "a", "b");

    private protected override Task InvokeAsync(HttpContext context, RequestDelegate forward) => forward(context);

    [Fact]
    public void Select_OneHasAnOwnRequest_SelectsTheOther()
    {
        using var first = Replicas.Select(Cluster)!;
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
        await FailAsync();
        var hosts = new List<string>();
        for (var repetition = 0; repetition < 4; repetition++)
        {
            using var selected = Replicas.Select(Cluster)!;
            hosts.Add(HostOf(selected));
        }

        Assert.Equal(["a", "a", "b", "b"], hosts.Order());
    }

    [Fact]
    public async Task Send_FailsAndThenSucceeds_IsLogged()
    {
        SetReplicas(Cluster, "a");
        await FailAsync();
        Time.Advance(TimeSpan.FromSeconds(2.5));
        await SucceedAsync();
        Assert.Equal(["Warning: http://a is unavailable: reset", "Information: http://a is available again after 2.5 s."], Log.Lines);
    }

    /// <summary>A request that ends after ten seconds may have begun before a recovery.</summary>
    [Fact]
    public async Task ReportTimeout_OfARequestFromBeforeARecovery_IsNotLogged()
    {
        SetReplicas(Cluster, "a");
        await FailAsync();
        Time.Advance(TimeSpan.FromSeconds(2.5));
        await SucceedAsync();
        Time.Advance(TimeSpan.FromSeconds(9));
        using var replica = Replicas.Select(Cluster)!;
        replica.ReportTimeout(new TaskCanceledException("slow"));
        Assert.Equal(2, Log.Lines.Length);

        Time.Advance(TimeSpan.FromSeconds(2));
        replica.ReportTimeout(new TaskCanceledException("slow"));
        Assert.Equal("Warning: http://a is unavailable: slow", Log.Lines[^1]);
    }

    private async Task FailAsync()
    {
        var sent = SendOwnAsync();
        (await Upstream.NextSharedAsync()).Fail(new HttpRequestException("reset", new IOException()));
        await Assert.ThrowsAsync<HttpRequestException>(() => sent);
    }

    private async Task SucceedAsync()
    {
        var sent = SendOwnAsync();
        (await Upstream.NextSharedAsync()).Respond("");
        await sent;
    }

    private async Task SendOwnAsync()
    {
        using var replica = Replicas.Select(Cluster)!;
        using var request = new HttpRequestMessage(HttpMethod.Get, replica.CreateAddress("/values"));
        await replica.SendAsync(request, response => Task.FromResult(response.StatusCode), CancellationToken.None);
    }

    private static string HostOf(ReplicaClient.SelectedReplica replica) => replica.CreateAddress("/").Host;

    private DestinationState Other(ReplicaClient.SelectedReplica replica) =>
        Cluster.DestinationsState.AllDestinations.Single(destination => destination.DestinationId != HostOf(replica));
}
