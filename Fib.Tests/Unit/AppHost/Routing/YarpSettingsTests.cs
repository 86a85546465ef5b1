using Fib.AppHost;
using Fib.AppHost.Routing;

namespace Fib.Tests.Unit.AppHost.Routing;

public sealed class YarpSettingsTests
{
    private static readonly Dictionary<string, string> Settings = new(YarpSettings.Read(RouteTable.Default));

    [Theory]
    [InlineData("events", "/api/values/events/{**rest}")]
    [InlineData("api", "/api/{**rest}")]
    [InlineData("ws", "/ws/{**rest}")]
    [InlineData("web", "/{**rest}")]
    public void Read_Route_MatchesItsPrefixAndPathsBelow(string route, string path) =>
        Assert.Equal(path, Settings[$"ReverseProxy__Routes__{route}__Match__Path"]);

    [Fact]
    public void Read_Orders_FollowTheTableAndStartAtOne() =>
        Assert.Equal(
            ["1", "2", "3", "4"], RouteTable.Default.Routes.Select(route => Settings[$"ReverseProxy__Routes__{route.Name}__Order"]));

    [Fact]
    public void Read_ApiRoute_RemovesItsPrefixAndLimitsTheBody()
    {
        Assert.Equal("/api", Settings["ReverseProxy__Routes__api__Transforms__1__PathRemovePrefix"]);
        Assert.Equal("102400", Settings["ReverseProxy__Routes__api__MaxRequestBodySize"]);
    }

    [Fact]
    public void Read_WebRoute_KeepsItsPath() =>
        Assert.DoesNotContain(Settings.Keys, name => name.StartsWith(
            "ReverseProxy__Routes__web__", StringComparison.Ordinal) && name.EndsWith("PathRemovePrefix", StringComparison.Ordinal));

    [Fact]
    public void Read_BlockedPaths_AreTheServicesOwnHealth() =>
        Assert.Equal(["/api/health", "/api/alive"], Settings.Where(
            setting => setting.Key.StartsWith("Gateway__BlockedPaths__", StringComparison.Ordinal)).Select(setting => setting.Value));

    /// <summary>A stream receives something every 15 seconds, a WebSocket only when code changes.</summary>
    [Theory]
    [InlineData("events", "00:01:00")]
    [InlineData("ws", "01:00:00")]
    public void Read_RoutesWithLongConnections_HaveNoConnectionLimitAndALongTimeout(string route, string timeout)
    {
        Assert.DoesNotContain($"ReverseProxy__Clusters__{route}__HttpClient__MaxConnectionsPerServer", Settings.Keys);
        Assert.Equal(timeout, Settings[$"ReverseProxy__Clusters__{route}__HttpRequest__ActivityTimeout"]);
        Assert.Equal("64", Settings["ReverseProxy__Clusters__api__HttpClient__MaxConnectionsPerServer"]);
    }

    [Fact]
    public void Read_ShortRequestsOfTheApi_ShareConnectionsWithHttp2()
    {
        Assert.Equal("2", Settings["ReverseProxy__Clusters__api__HttpRequest__Version"]);
        Assert.Equal("RequestVersionExact", Settings["ReverseProxy__Clusters__api__HttpRequest__VersionPolicy"]);
        Assert.DoesNotContain(Settings.Keys, name => name.EndsWith(
            "HttpRequest__Version", StringComparison.Ordinal) && name != "ReverseProxy__Clusters__api__HttpRequest__Version");
    }

    [Fact]
    public void Read_EqualReads_AreCoalescedOnlyForTheApi() =>
        Assert.Equal(
            ["ReverseProxy__Clusters__api__Metadata__CoalesceReads"],
            Settings.Keys.Where(name => name.EndsWith("CoalesceReads", StringComparison.Ordinal)));

    [Fact]
    public void Read_Submissions_AreJoinedOnlyForTheApi() =>
        Assert.Equal(
            ["ReverseProxy__Clusters__api__Metadata__JoinSubmissions"],
            Settings.Keys.Where(name => name.EndsWith("JoinSubmissions", StringComparison.Ordinal)));

    [Theory]
    [InlineData("events", ResourceNames.Api)]
    [InlineData("api", ResourceNames.Api)]
    [InlineData("ws", ResourceNames.Web)]
    [InlineData("web", ResourceNames.Web)]
    public void Read_Destination_IsTheServiceName(string route, string service) =>
        Assert.Equal($"http://{service}", Settings[$"ReverseProxy__Clusters__{route}__Destinations__{service}__Address"]);
}
