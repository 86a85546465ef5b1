using System.Net;
using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which responses are shared, and what the clients receive.</summary>
public sealed class SharedResponseTests : CoalescedReadsTestBase
{
    [Theory]
    [InlineData("error")]
    [InlineData("unmodified")]
    [InlineData("unknown length")]
    [InlineData("too long")]
    [InlineData("cookie")]
    public async Task Get_ResponseThatCannotBeShared_IsForwarded(string kind)
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
    public async Task Get_SharedRequestFails_EachIsForwarded()
    {
        await LearnAsync();
        var response = SendAsync();
        (await Upstream.NextSharedAsync()).Fail(new HttpRequestException("reset"));
        (await Upstream.NextOwnAsync()).Fail(new HttpRequestException("refused"));
        var error = (await response.WaitAsync(Eventually.DefaultTimeout)).Features.GetRequiredFeature<IForwarderErrorFeature>();
        Assert.Equal((ForwarderError.Request, "refused"), (error.Error, error.Exception!.Message));
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
        Time.Advance(CoalescedReads.Pause);
        await LearnAsync();
        var shared = SendAsync();
        (await Upstream.NextSharedAsync()).Respond("1");
        Assert.Equal("1", await ReadAsync(shared));
    }

    [Fact]
    public async Task Get_SharedRequestTakesTooLong_EachIsForwarded()
    {
        await LearnAsync();
        var (first, second) = (SendAsync(), SendAsync());
        var shared = await Upstream.NextSharedAsync();
        Time.Advance(CoalescedReads.MaxWait);
        await shared.Cancelled.WaitAsync(Eventually.DefaultTimeout);
        (await Upstream.NextOwnAsync()).Respond("1");
        (await Upstream.NextOwnAsync()).Respond("2");
        Assert.Equal(["1", "2"], ((string[])[await ReadAsync(first), await ReadAsync(second)]).Order());
        // A slow answer does not mean that the replica is unreachable.
        Assert.Empty(Health.Unhealthy);
    }

    [Fact]
    public async Task Get_OwnResponseWasSlow_IsNotShared()
    {
        var slow = SendAsync();
        var own = await Upstream.NextOwnAsync();
        Time.Advance(CoalescedReads.MaxWait);
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
        var request = CreateRequest();
        request.RequestAborted = disconnect.Token;
        var (disconnected, other) = (SendAsync(request), SendAsync());
        (await Upstream.NextSharedAsync()).Respond("1");
        await ReadAsync(before);
        var shared = await Upstream.NextSharedAsync();
        await disconnect.CancelAsync();
        Assert.False(shared.IsCancelled);
        shared.Respond("2");
        Assert.Equal("2", await ReadAsync(other));
        await disconnected.WaitAsync(Eventually.DefaultTimeout);
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
        using var original = new HttpResponseMessage { Content = new ByteArrayContent(bytes) };
        original.Headers.Add("X-Several", ["1", "2"]);
        original.Headers.Add("Keep-Alive", "timeout=5");
        original.Content.Headers.Add("Content-Type", "text/plain");
        var shared = SendAsync();
        (await Upstream.NextSharedAsync()).Respond(original);

        var response = (await shared.WaitAsync(Eventually.DefaultTimeout)).Response;
        Assert.Equal((StatusCodes.Status200OK, "text/plain", length), (response.StatusCode, response.ContentType, response.ContentLength));
        Assert.Equal(["Content-Length", "Content-Type", "X-Several"], response.Headers.Keys.Order());
        Assert.Equal(["1", "2"], [.. response.Headers["X-Several"]]);
        Assert.Equal(bytes, ReadBody(response.HttpContext));
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class PipeStream : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
