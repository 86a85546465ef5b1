using System.Net;
using Fib.Gateway;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which requests are shared, and what their clients receive.</summary>
public sealed class CoalescingHandlerTests : CoalescingHandlerTestBase
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
    public async Task Get_Unknown_IsSentItself()
    {
        var responses = new[] { SendAsync(), SendAsync() };
        (await Upstream.NextOwnAsync()).Respond("1");
        (await Upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], [await ReadAsync(responses[0]), await ReadAsync(responses[1])]);
    }

    [Theory]
    [InlineData(HeldUpstream.Client)]
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
        using var request = CreateRequest((header, value));
        var own = await AssertSentItselfAsync(request);
        Assert.Equal([value], own.Headers.NonValidated[header]);
    }

    [Theory]
    [InlineData("GET", "/other")]
    [InlineData("GET", "/values?a")]
    [InlineData("HEAD", "/values")]
    [InlineData("POST", "/values")]
    [InlineData("DELETE", "/values")]
    public async Task Send_OtherMethodOrAddress_IsNotShared(string method, string path)
    {
        using var request = CreateRequest();
        (request.Method, request.RequestUri) = (new HttpMethod(method), new Uri(request.RequestUri!, path));
        await AssertSentItselfAsync(request);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("unmodified")]
    [InlineData("unknown length")]
    [InlineData("too long")]
    [InlineData("cookie")]
    public async Task Get_ResponseThatCannotBeShared_IsOfItsOwnRequest(string kind)
    {
        await LearnAsync();
        var (first, second) = (SendAsync(), SendAsync());
        using HttpResponseMessage unsharable = Create(), another = Create();
        (await Upstream.NextSharedAsync()).Respond(unsharable);
        (await Upstream.NextOwnAsync()).Respond("1");
        Assert.Equal("1", await ReadAsync(first));
        (await Upstream.NextSharedAsync()).Respond(another);
        (await Upstream.NextOwnAsync()).Respond("2");
        Assert.Equal("2", await ReadAsync(second));

        HttpResponseMessage Create()
        {
            var response = new HttpResponseMessage { Content = new StringContent("3") };
            if (kind == "cookie")
                response.Headers.Add("Set-Cookie", "a=b");
            response.StatusCode = kind switch
            {
                "error" => HttpStatusCode.ServiceUnavailable,
                "unmodified" => HttpStatusCode.NotModified,
                _ => HttpStatusCode.OK,
            };
            response.Content = kind switch
            {
                "unknown length" => new StreamContent(new PipeStream()),
                "too long" => new ByteArrayContent(new byte[SharedResponse.MaxBytes + 1]),
                _ => response.Content,
            };
            return response;
        }
    }

    [Fact]
    public async Task Get_SharedRequestFails_EachIsSentItself()
    {
        await LearnAsync();
        var response = SendAsync();
        (await Upstream.NextSharedAsync()).Fail(new HttpRequestException("reset"));
        (await Upstream.NextOwnAsync()).Fail(new HttpRequestException("refused"));
        Assert.Equal("refused", (await Assert.ThrowsAsync<HttpRequestException>(() => response)).Message);
        Assert.True(Upstream.IsIdle);
    }

    /// <summary>Otherwise every request would be sent twice while sharing fails.</summary>
    [Fact]
    public async Task Get_AfterAFailure_IsNotSharedForASecond()
    {
        await LearnAsync();
        var failed = SendAsync();
        (await Upstream.NextSharedAsync()).Fail(new HttpRequestException("reset"));
        (await Upstream.NextOwnAsync()).Respond("0");
        await ReadAsync(failed);

        await LearnAsync();
        await LearnAsync();
        Time.Advance(CoalescingHandler.Pause);
        await LearnAsync();
        var shared = SendAsync();
        (await Upstream.NextSharedAsync()).Respond("1");
        Assert.Equal("1", await ReadAsync(shared));
    }

    /// <summary>What is kept of requests has a bound.</summary>
    [Fact]
    public async Task Get_LongRequest_IsNotShared()
    {
        var header = ("Accept", new string('a', CoalescingHandler.MaxKeyLength));
        await LearnAsync(header);
        await LearnAsync(header);
    }

    [Fact]
    public async Task Get_SharedRequestTakesTooLong_EachIsSentItself()
    {
        await LearnAsync();
        var (first, second) = (SendAsync(), SendAsync());
        var shared = await Upstream.NextSharedAsync();
        Time.Advance(CoalescingHandler.MaxWait);
        await shared.Cancelled.WaitAsync(Eventually.DefaultTimeout);
        (await Upstream.NextOwnAsync()).Respond("1");
        (await Upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], ((string[])[await ReadAsync(first), await ReadAsync(second)]).Order());
    }

    [Fact]
    public async Task Get_OwnResponseWasSlow_IsNotShared()
    {
        var slow = SendAsync();
        var own = await Upstream.NextOwnAsync();
        Time.Advance(CoalescingHandler.MaxWait);
        own.Respond("0");
        await ReadAsync(slow);

        var responses = new[] { SendAsync(), SendAsync() };
        (await Upstream.NextOwnAsync()).Respond("1");
        (await Upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], [await ReadAsync(responses[0]), await ReadAsync(responses[1])]);
    }

    [Fact]
    public async Task Get_OneClientDisconnects_TheOthersAreAnswered()
    {
        await LearnAsync();
        using var disconnect = new CancellationTokenSource();
        var before = SendAsync();
        var (disconnected, other) = (Client.SendAsync(CreateRequest(), disconnect.Token), SendAsync());
        (await Upstream.NextSharedAsync()).Respond("1");
        await ReadAsync(before);
        var shared = await Upstream.NextSharedAsync();
        await disconnect.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => disconnected);
        Assert.False(shared.Cancelled.IsCompleted);
        shared.Respond("2");
        Assert.Equal("2", await ReadAsync(other));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(SharedResponse.MaxBytes)]
    public async Task Get_Shared_IsEqualInHeadersAndBody(int length)
    {
        await LearnAsync();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var original = new HttpResponseMessage { Version = HttpVersion.Version20, Content = new ByteArrayContent(bytes) };
        original.Headers.Add("X-Several", ["1", "2"]);
        original.Content.Headers.Add("Content-Type", "text/plain");
        var shared = SendAsync();
        (await Upstream.NextSharedAsync()).Respond(original);

        using var response = await shared.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        Assert.Equal(["1", "2"], response.Headers.GetValues("X-Several"));
        Assert.Equal(("text/plain", length), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentLength));
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends a request while a shared one is under way. It is sent at once, and both get their own responses.</summary>
    /// <returns>The request that was sent.</returns>
    private async Task<HttpRequestMessage> AssertSentItselfAsync(HttpRequestMessage request)
    {
        await LearnAsync();
        var plain = SendAsync();
        var shared = await Upstream.NextSharedAsync();
        var other = Client.SendAsync(request, CancellationToken.None);
        var own = await Upstream.NextOwnAsync();
        own.Respond("2");
        Assert.Equal("2", await ReadAsync(other));
        shared.Respond("1");
        Assert.Equal("1", await ReadAsync(plain));
        return own.Request;
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class PipeStream : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
