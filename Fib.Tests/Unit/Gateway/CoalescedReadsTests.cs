using System.Net;
using Fib.Gateway;
using Microsoft.AspNetCore.Http;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which requests are shared.</summary>
public sealed class CoalescedReadsTests : CoalescedReadsTestBase
{
    /// <summary>Those that arrive while a request is under way wait for the next one: its response is newer than they are.</summary>
    [Fact]
    public async Task Get_WhileAnEqualRequestIsUnderWay_SharesTheNextOne()
    {
        await LearnAsync();
        var (first, second, third) = (SendAsync(), SendAsync(), SendAsync());
        var shared = await Upstream.NextSharedAsync();
        Assert.True(Upstream.IsIdle);
        shared.Respond("1");
        Assert.Equal("1", await ReadAsync(first));
        Assert.False(second.IsCompleted || third.IsCompleted);

        (await Upstream.NextSharedAsync()).Respond("2");
        Assert.Equal(["2", "2"], [await ReadAsync(second), await ReadAsync(third)]);
        Assert.True(Upstream.IsIdle);
    }

    /// <summary>Whether a response can be shared is known only after the first one.</summary>
    [Fact]
    public async Task Get_Unknown_IsForwarded()
    {
        var responses = new[] { SendAsync(), SendAsync() };
        (await Upstream.NextOwnAsync()).Respond("1");
        (await Upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], [await ReadAsync(responses[0]), await ReadAsync(responses[1])]);
    }

    [Theory]
    [InlineData(HeldUpstream.Client)]
    [InlineData("X-Original-For")]
    [InlineData("traceparent")]
    [InlineData("x-amzn-trace-id")]
    [InlineData("x-amz-cf-id")]
    public async Task Get_AnotherClientOrTrace_SharesRequestsWithoutIt(string header)
    {
        await LearnAsync((header, "a"));
        var (first, second, third) = (SendAsync((header, "b")), SendAsync((header, "c")), SendAsync());
        var shared = await Upstream.NextSharedAsync();
        Assert.False(shared.Request.Headers.Contains(header));
        shared.Respond("1");
        (await Upstream.NextSharedAsync()).Respond("2");
        Assert.Equal(["1", "2", "2"], [await ReadAsync(first), await ReadAsync(second), await ReadAsync(third)]);
    }

    [Theory]
    [InlineData("Accept-Encoding", "gzip")]
    [InlineData("Accept", "text/html")]
    [InlineData("If-None-Match", "\"1\"")]
    [InlineData("Authorization", "Basic eA==")]
    [InlineData("Cookie", "a=b")]
    [InlineData("Range", "bytes=0-1")]
    public async Task Get_WithAnotherHeader_IsNotShared(string header, string value)
    {
        var own = await AssertForwardedAsync(CreateRequest((header, value)));
        Assert.Equal([value], own.Headers.NonValidated[header]);
    }

    [Theory]
    [InlineData("GET", "/other")]
    [InlineData("GET", "/values?a")]
    [InlineData("HEAD", "/values")]
    [InlineData("get", "/values")]
    [InlineData("POST", "/values")]
    [InlineData("DELETE", "/values")]
    public async Task Send_OtherMethodOrAddress_IsNotShared(string method, string target) =>
        await AssertForwardedAsync(CreateContext(method, target, []));

    [Fact]
    public async Task Get_OtherScheme_IsNotShared()
    {
        var request = CreateRequest();
        request.Request.Scheme = "https";
        await AssertForwardedAsync(request);
    }

    [Fact]
    public async Task Get_WithBody_IsNotShared()
    {
        for (var repetition = 0; repetition < 2; repetition++)
        {
            var sent = SendAsync(AddBody(CreateRequest(), [1]));
            (await Upstream.NextOwnAsync()).Respond("1");
            Assert.Equal("1", await ReadAsync(sent));
        }
    }

    /// <summary>Such headers belong to a body, which a shared request does not have.</summary>
    [Fact]
    public async Task Get_WithContentHeadersOnly_IsNotShared()
    {
        for (var repetition = 0; repetition < 2; repetition++)
        {
            var sent = SendAsync(("Content-Language", "en"));
            (await Upstream.NextOwnAsync()).Respond("1");
            Assert.Equal("1", await ReadAsync(sent));
        }
    }

    /// <summary>As a relative reference, this path would be another host.</summary>
    [Fact]
    public async Task Get_PathThatBeginsWithTwoSlashes_IsSentToTheSameHost()
    {
        var forwarded = SendAsync(CreateContext("GET", "//other/values", []));
        var own = await Upstream.NextOwnAsync();
        own.Respond("0");
        await ReadAsync(forwarded);
        var sent = SendAsync(CreateContext("GET", "//other/values", []));
        var shared = await Upstream.NextSharedAsync();
        Assert.Equal(own.Request.RequestUri, shared.Request.RequestUri);
        shared.Respond("1");
        Assert.Equal("1", await ReadAsync(sent));
    }

    [Fact]
    public async Task Get_ReplicaIsUnreachable_IsReported()
    {
        await LearnAsync();
        var sent = SendAsync();
        (await Upstream.NextSharedAsync()).Fail(new HttpRequestException(HttpRequestError.ConnectionError));
        (await Upstream.NextOwnAsync()).Respond("1");
        Assert.Equal("1", await ReadAsync(sent));
        Assert.Equal(["api"], Health.Unhealthy);
    }

    [Fact]
    public async Task Get_ClusterWithoutTheSetting_IsNotShared() =>
        await AssertForwardedAsync(CreateContext("GET", "/values", [], CreateCluster([])));

    /// <summary>What is kept of requests has a bound.</summary>
    [Fact]
    public async Task Get_LongRequest_IsNotShared()
    {
        var header = ("Accept", new string('a', CoalescedReads.MaxKeyLength));
        await LearnAsync(header);
        await LearnAsync(header);
    }

    [Fact]
    public async Task Get_SeveralReplicas_AreUsedInTurn()
    {
        SetReplicas(Cluster, "a:1", "b:2");
        await LearnAsync();
        var hosts = new List<string>();
        for (var n = 0; n < 4; n++)
        {
            var sent = SendAsync();
            var shared = await Upstream.NextSharedAsync();
            Assert.Equal(
                ("/values", HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact),
                (shared.Request.RequestUri!.PathAndQuery, shared.Request.Version, shared.Request.VersionPolicy));
            hosts.Add(shared.Request.RequestUri.Authority);
            shared.Respond("1");
            await ReadAsync(sent);
        }

        Assert.Equal((2, 2), (hosts.Count(host => host == "a:1"), hosts.Count(host => host == "b:2")));
    }

    [Fact]
    public async Task Get_NoReplicaIsAvailable_IsForwarded()
    {
        await LearnAsync();
        SetReplicas(Cluster);
        var sent = SendAsync();
        (await Upstream.NextOwnAsync()).Respond("1");
        Assert.Equal("1", await ReadAsync(sent));
    }

    /// <summary>Sends a request while a shared one is under way. It is forwarded at once, and both get their own responses.</summary>
    /// <returns>The request that was sent.</returns>
    private async Task<HttpRequestMessage> AssertForwardedAsync(HttpContext request)
    {
        await LearnAsync();
        var plain = SendAsync();
        var shared = await Upstream.NextSharedAsync();
        var other = SendAsync(request);
        var own = await Upstream.NextOwnAsync();
        own.Respond("2");
        Assert.Equal("2", await ReadAsync(other));
        shared.Respond("1");
        Assert.Equal("1", await ReadAsync(plain));
        return own.Request;
    }
}
