using System.Net;
using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.Gateway;

public sealed class CoalescingHandlerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HeldUpstream _upstream = new();
    private readonly HttpMessageInvoker _client;

    public CoalescingHandlerTests() => _client = new HttpMessageInvoker(new CoalescingHandler(_upstream, _time));

    public void Dispose() => _client.Dispose();

    /// <summary>Those that arrive while a request is under way wait for the next one: its response is newer than they are.</summary>
    [Fact]
    public async Task Get_WhileAnEqualRequestIsUnderWay_SharesTheNextOne()
    {
        await LearnAsync();
        var (first, second, third) = (SendAsync(), SendAsync(), SendAsync());
        var shared = await _upstream.NextSharedAsync();
        Assert.True(_upstream.IsIdle);
        shared.Respond("1");
        Assert.Equal("1", await ReadAsync(first));
        Assert.False(second.IsCompleted || third.IsCompleted);

        (await _upstream.NextSharedAsync()).Respond("2");
        Assert.Equal(["2", "2"], [await ReadAsync(second), await ReadAsync(third)]);
        Assert.True(_upstream.IsIdle);
    }

    /// <summary>Whether a response can be shared is known only after the first one.</summary>
    [Fact]
    public async Task Get_Unknown_IsSentItself()
    {
        var responses = new[] { SendAsync(), SendAsync() };
        (await _upstream.NextOwnAsync()).Respond("1");
        (await _upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], [await ReadAsync(responses[0]), await ReadAsync(responses[1])]);
    }

    [Theory]
    [InlineData(HeldUpstream.Client)]
    [InlineData("traceparent")]
    public async Task Get_AnotherClientOrTrace_SharesRequestsWithoutIt(string header)
    {
        await LearnAsync((header, "a"));
        var (first, second, third) = (SendAsync((header, "b")), SendAsync((header, "c")), SendAsync());
        var shared = await _upstream.NextSharedAsync();
        Assert.False(shared.Request.Headers.Contains(header));
        shared.Respond("1");
        (await _upstream.NextSharedAsync()).Respond("2");
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
        (await _upstream.NextSharedAsync()).Respond(unsharable);
        (await _upstream.NextOwnAsync()).Respond("1");
        Assert.Equal("1", await ReadAsync(first));
        (await _upstream.NextSharedAsync()).Respond(another);
        (await _upstream.NextOwnAsync()).Respond("2");
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
        (await _upstream.NextSharedAsync()).Fail(new HttpRequestException("reset"));
        (await _upstream.NextOwnAsync()).Fail(new HttpRequestException("refused"));
        Assert.Equal("refused", (await Assert.ThrowsAsync<HttpRequestException>(() => response)).Message);
        Assert.True(_upstream.IsIdle);
    }

    /// <summary>Otherwise every request would be sent twice while sharing fails.</summary>
    [Fact]
    public async Task Get_AfterAFailure_IsNotSharedForASecond()
    {
        await LearnAsync();
        var failed = SendAsync();
        (await _upstream.NextSharedAsync()).Fail(new HttpRequestException("reset"));
        (await _upstream.NextOwnAsync()).Respond("0");
        await ReadAsync(failed);

        await LearnAsync();
        await LearnAsync();
        _time.Advance(CoalescingHandler.Pause);
        await LearnAsync();
        var shared = SendAsync();
        (await _upstream.NextSharedAsync()).Respond("1");
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
        var shared = await _upstream.NextSharedAsync();
        _time.Advance(CoalescingHandler.MaxWait);
        await shared.Cancelled.WaitAsync(Eventually.DefaultTimeout);
        (await _upstream.NextOwnAsync()).Respond("1");
        (await _upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], ((string[])[await ReadAsync(first), await ReadAsync(second)]).Order());
    }

    [Fact]
    public async Task Get_OwnResponseWasSlow_IsNotShared()
    {
        var slow = SendAsync();
        var own = await _upstream.NextOwnAsync();
        _time.Advance(CoalescingHandler.MaxWait);
        own.Respond("0");
        await ReadAsync(slow);

        var responses = new[] { SendAsync(), SendAsync() };
        (await _upstream.NextOwnAsync()).Respond("1");
        (await _upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], [await ReadAsync(responses[0]), await ReadAsync(responses[1])]);
    }

    [Fact]
    public async Task Get_OneClientDisconnects_TheOthersAreAnswered()
    {
        await LearnAsync();
        using var disconnect = new CancellationTokenSource();
        var before = SendAsync();
        var (disconnected, other) = (_client.SendAsync(CreateRequest(), disconnect.Token), SendAsync());
        (await _upstream.NextSharedAsync()).Respond("1");
        await ReadAsync(before);
        var shared = await _upstream.NextSharedAsync();
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
        (await _upstream.NextSharedAsync()).Respond(original);

        using var response = await shared.WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        Assert.Equal(["1", "2"], response.Headers.GetValues("X-Several"));
        Assert.Equal(("text/plain", length), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentLength));
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>
    /// A client that does not read its response keeps it in memory, as often as it is sent. The gateway disposes the stream of a response
    /// that it has sent, and the message of one that it has not.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_ClientsHoldTooMuchMemory_IsNotShared(bool isSent)
    {
        await LearnAsync();
        var held = new List<HttpResponseMessage[]>();
        for (var bytes = 0L; bytes < SharedMemory.MaxBytes; bytes += SharedResponse.MaxBytes)
            held.Add(await ShareLongAsync());

        var own = SendAsync();
        (await _upstream.NextSharedAsync()).Respond(Long());
        (await _upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(own));

        await ReleaseAsync(held[0][0]);
        await RelearnAsync();
        var still = SendAsync();
        (await _upstream.NextSharedAsync()).Respond(Long());
        (await _upstream.NextOwnAsync()).Respond("still");
        Assert.Equal("still", await ReadAsync(still));

        await ReleaseAsync(held[0][1]);
        await RelearnAsync();
        Assert.All(await ShareLongAsync(), response => Assert.Equal(SharedResponse.MaxBytes, response.Content.Headers.ContentLength));
        Assert.True(_upstream.IsIdle);

        static HttpResponseMessage Long() => new() { Content = new ByteArrayContent(new byte[SharedResponse.MaxBytes]) };

        // Two responses of one request.
        async Task<HttpResponseMessage[]> ShareLongAsync()
        {
            // The handler then expects no concurrent requests.
            _time.Advance(TimeSpan.FromSeconds(2));
            var first = SendAsync();
            // The last shared request may only just have ended: this one is certainly under way once it has been sent.
            var shared = await _upstream.NextSharedAsync();
            var (second, third) = (SendAsync(), SendAsync());
            shared.Respond("");
            await ReadAsync(first);
            (await _upstream.NextSharedAsync()).Respond(Long());
            return await Task.WhenAll(second, third).WaitAsync(Eventually.DefaultTimeout);
        }

        async Task ReleaseAsync(HttpResponseMessage response)
        {
            if (isSent)
                await (await response.Content.ReadAsStreamAsync()).DisposeAsync();
            else
                response.Dispose();
        }

        async Task RelearnAsync()
        {
            _time.Advance(CoalescingHandler.Pause);
            await LearnAsync();
        }
    }

    private static HttpRequestMessage CreateRequest(params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "http://api/values");
        request.Headers.Add("Host", "fib");
        request.Headers.Add(HeldUpstream.Client, "192.0.2.1");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<string> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent.WaitAsync(Eventually.DefaultTimeout);
        return await response.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers) =>
        _client.SendAsync(CreateRequest(headers), CancellationToken.None);

    /// <summary>Sends a request while a shared one is under way. It is sent at once, and both get their own responses.</summary>
    /// <returns>The request that was sent.</returns>
    private async Task<HttpRequestMessage> AssertSentItselfAsync(HttpRequestMessage request)
    {
        await LearnAsync();
        var plain = SendAsync();
        var shared = await _upstream.NextSharedAsync();
        var other = _client.SendAsync(request, CancellationToken.None);
        var own = await _upstream.NextOwnAsync();
        own.Respond("2");
        Assert.Equal("2", await ReadAsync(other));
        shared.Respond("1");
        Assert.Equal("1", await ReadAsync(plain));
        return own.Request;
    }

    /// <summary>Sends a first request, so that the next ones are shared.</summary>
    private async Task LearnAsync(params (string Name, string Value)[] headers)
    {
        var first = SendAsync(headers);
        (await _upstream.NextOwnAsync()).Respond("0");
        await ReadAsync(first);
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class PipeStream : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
