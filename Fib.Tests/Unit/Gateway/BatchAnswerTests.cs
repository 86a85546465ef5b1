using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fib.Gateway;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>What the clients of a batch receive.</summary>
public sealed class BatchAnswerTests : SubmissionJoiningTestBase
{
    [Fact]
    public async Task Post_RejectedEntry_IsSentItself()
    {
        var batch = await JoinAsync();
        batch.Batch.Respond(Results(true, false));
        Assert.Equal(Working, await ReadAsync(batch.Sent[0]));
        var own = await Upstream.NextOwnAsync();
        Assert.Equal("""{"index":"21"}""", await own.Request.Content!.ReadAsStringAsync());
        own.Respond(new HttpResponseMessage(HttpStatusCode.UnprocessableEntity) { Content = new StringContent("Index too high") });
        using var response = await batch.Sent[1].WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.True(Upstream.IsIdle);
    }

    /// <summary>Such as 404 of a service without batches. It has stored nothing, so no submission is stored twice.</summary>
    [Fact]
    public async Task Post_RejectedBatch_EachIsSentItself()
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
            using var response = await task.WaitAsync(Eventually.DefaultTimeout);
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2), "application/problem+json", """{"status":503}"""),
                (response.StatusCode, response.Headers.RetryAfter!.Delta, response.Content.Headers.ContentType!.MediaType,
                    await response.Content.ReadAsStringAsync()));
        }

        Assert.True(Upstream.IsIdle);
    }

    /// <summary>As a submission that is sent itself: it may be stored, so it is not sent again.</summary>
    [Fact]
    public async Task Post_BatchFails_EachFails()
    {
        var (batch, sent) = await JoinAsync();
        batch.Fail(new HttpRequestException("reset"));
        foreach (var task in sent)
            Assert.Equal("reset", (await Assert.ThrowsAsync<HttpRequestException>(() => task.WaitAsync(Eventually.DefaultTimeout))).Message);
        Assert.True(Upstream.IsIdle);
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
        foreach (var task in sent)
            await Assert.ThrowsAsync<JsonException>(() => task.WaitAsync(Eventually.DefaultTimeout));
        Assert.True(Upstream.IsIdle);
    }

    [Fact]
    public async Task Post_OneClientDisconnects_TheOthersAreAnswered()
    {
        await BeginBatchAsync();
        using var disconnect = new CancellationTokenSource();
        var (disconnected, other) = (Client.SendAsync(CreateRequest("""{"index":"20"}"""), disconnect.Token), SendAsync(21));
        FirstBatch.Respond(Results(true));
        var batch = await Upstream.NextSharedAsync();
        await disconnect.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => disconnected);
        Assert.False(batch.Cancelled.IsCompleted);
        batch.Respond(Results(true, true));
        Assert.Equal(Working, await ReadAsync(other));
    }

    /// <summary>A service that stopped answering; the route's timeout ends a single submission.</summary>
    [Fact]
    public async Task Post_BatchWithoutAnswerUntilTheDeadline_EachFails()
    {
        var (_, sent) = await JoinAsync();
        var next = SendAsync(22);
        Time.Advance(JoinedSubmissions.MaxWait);
        await Upstream.NextSharedAsync();
        Time.Advance(JoinedSubmissions.Deadline);
        await Eventually.HoldsAsync("each fails", _ => Task.FromResult(sent.Append(next).All(task => task.IsFaulted || task.IsCanceled)));
        Assert.True(Upstream.IsIdle);
    }
}
