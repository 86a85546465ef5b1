using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Tests.Unit.Gateway;

/// <summary>What the clients of a batch receive.</summary>
public sealed class BatchAnswerTests : SubmissionJoiningTestBase
{
    [Fact]
    public async Task Post_RejectedEntry_IsForwarded()
    {
        var batch = await JoinAsync();
        batch.Batch.Respond(Results(true, false));
        Assert.Equal(Working, await ReadAsync(batch.Sent[0]));
        var own = await Upstream.NextOwnAsync();
        Assert.Equal("""{"index":"21"}""", await own.ReadBodyAsync());
        own.Respond(new HttpResponseMessage(HttpStatusCode.UnprocessableEntity) { Content = new StringContent("Index too high") });
        var response = (await batch.Sent[1].WaitAsync(Eventually.DefaultTimeout)).Response;
        Assert.Equal(StatusCodes.Status422UnprocessableEntity, response.StatusCode);
        Assert.True(Upstream.IsIdle);
    }

    /// <summary>Such as 404 of a service without batches. It has stored nothing, so no submission is stored twice.</summary>
    [Fact]
    public async Task Post_RejectedBatch_EachIsForwarded()
    {
        var (batch, sent) = await JoinAsync();
        batch.Respond(new HttpResponseMessage(HttpStatusCode.NotFound));
        (await Upstream.NextOwnAsync()).Respond("own");
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal(["own", "own"], await Task.WhenAll(sent.Select(ReadAsync)));
    }

    /// <summary>The batch may be stored, so nothing is sent again.</summary>
    [Fact]
    public async Task Post_ServiceIsUnavailable_EachReceivesItsAnswer()
    {
        var (batch, sent) = await JoinAsync();
        var unavailable = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            Content = new StringContent("""{"status":503}""", Encoding.UTF8, "application/problem+json"),
        };
        unavailable.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(2));
        batch.Respond(unavailable);
        foreach (var task in sent)
        {
            var response = (await task.WaitAsync(Eventually.DefaultTimeout)).Response;
            Assert.Equal(
                (StatusCodes.Status503ServiceUnavailable, "2", "application/problem+json; charset=utf-8", """{"status":503}"""),
                (response.StatusCode, response.Headers.RetryAfter.ToString(), response.ContentType, await ReadAsync(task)));
        }

        Assert.True(Upstream.IsIdle);
    }

    /// <summary>It may be stored, so nothing is sent again. YARP does not use the replica for a while.</summary>
    [Fact]
    public async Task Post_ReplicaClosesTheConnection_EachFails()
    {
        var (batch, sent) = await JoinAsync();
        batch.Fail(new HttpRequestException(HttpRequestError.ResponseEnded));
        await AssertFailedAsync(sent, ForwarderError.Request);
        Assert.Equal(["api"], Health.Unhealthy);
    }

    /// <summary>The same in the middle of its answer.</summary>
    [Fact]
    public async Task Post_AnswerBreaksOff_EachFails()
    {
        var (batch, sent) = await JoinAsync();
        batch.Respond(new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) });
        await AssertFailedAsync(sent, ForwarderError.Request);
        Assert.Equal(["api"], Health.Unhealthy);
    }

    /// <summary>It was not sent. YARP does not use the replica for a while, and the next submissions are joined again.</summary>
    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(null)]
    public async Task Post_NoConnection_EachIsForwarded(HttpRequestError? error)
    {
        var (batch, sent) = await JoinAsync();
        // Null stands for the client's connect timeout.
        batch.Fail(error is { } failure ? new HttpRequestException(failure) : new TaskCanceledException("connect", new TimeoutException()));
        (await Upstream.NextOwnAsync()).Respond("own");
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal(["own", "own"], await Task.WhenAll(sent.Select(ReadAsync)));
        Assert.Equal(["api"], Health.Unhealthy);

        var joined = SendAsync(22);
        (await Upstream.NextSharedAsync()).Respond(Results(true));
        Assert.Equal(Working, await ReadAsync(joined));
    }

    [Theory]
    [InlineData("""{"results":[{"index":20,"accepted":true}]}""")]
    [InlineData("""{"working":true}""")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task Post_AnotherAnswerToTheBatch_EachFails(string body)
    {
        var (batch, sent) = await JoinAsync();
        batch.Respond(body);
        await AssertFailedAsync(sent, ForwarderError.Request);
        Assert.Empty(Health.Unhealthy);
    }

    [Fact]
    public async Task Post_OneClientDisconnects_TheOthersAreAnswered()
    {
        await BeginBatchAsync();
        using var disconnect = new CancellationTokenSource();
        var request = CreateRequest("""{"index":"20"}""");
        request.RequestAborted = disconnect.Token;
        var (disconnected, other) = (SendAsync(request), SendAsync(21));
        FirstBatch.Respond(Results(true));
        var batch = await Upstream.NextSharedAsync();
        await disconnect.CancelAsync();
        Assert.False(batch.IsCancelled);
        batch.Respond(Results(true, true));
        Assert.Equal(Working, await ReadAsync(other));
        await disconnected.WaitAsync(Eventually.DefaultTimeout);
    }

    /// <summary>A service that stopped answering; the route's timeout ends a single submission.</summary>
    [Fact]
    public async Task Post_BatchWithoutAnswerUntilTheDeadline_EachFails()
    {
        await BeginBatchAsync();
        var next = SendAsync(20);
        Time.Advance(JoinedSubmissions.MaxWait);
        await Upstream.NextSharedAsync();
        Time.Advance(JoinedSubmissions.Deadline);
        await AssertFailedAsync([Before[^1], next], ForwarderError.RequestTimedOut);
    }

    private async Task AssertFailedAsync(IReadOnlyList<Task<HttpContext>> sent, ForwarderError error)
    {
        foreach (var task in sent)
        {
            var context = await task.WaitAsync(Eventually.DefaultTimeout);
            Assert.Equal(
                (StatusCodes.Status503ServiceUnavailable, "2", error),
                (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(),
                    context.Features.GetRequiredFeature<IForwarderErrorFeature>().Error));
        }

        Assert.True(Upstream.IsIdle);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("broken");
    }
}
