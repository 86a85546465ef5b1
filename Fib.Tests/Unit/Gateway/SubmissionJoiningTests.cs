using System.Net;
using Fib.Core.Contracts;
using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which submissions are sent in a batch.</summary>
public sealed class SubmissionJoiningTests : SubmissionJoiningTestBase
{
    [Fact]
    public async Task Post_FewConcurrent_EachIsForwarded()
    {
        var sent = Enumerable.Range(1, JoinedSubmissions.MinConcurrent - 1).Select(index => SendAsync(index)).ToArray();
        for (var index = 1; index <= sent.Length; index++)
        {
            var own = await Upstream.NextOwnAsync();
            Assert.Equal($$"""{"index":"{{index}}"}""", await own.ReadBodyAsync());
            own.Respond($"own {index}");
        }

        Assert.Equal(["own 1", "own 2", "own 3"], await Task.WhenAll(sent.Select(ReadAsync)));
    }

    [Fact]
    public async Task Post_WhileABatchIsUnderWay_JoinsTheNextOne()
    {
        await BeginBatchAsync();
        var sent = new[] { SendAsync(20), SendAsync(21), SendAsync(20) };
        FirstBatch.Respond(Results(true));
        var batch = await Upstream.NextSharedAsync();
        Assert.Equal(
            (HttpMethod.Post, new Uri("http://api/values/batch"), HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact),
            (batch.Request.Method, batch.Request.RequestUri, batch.Request.Version, batch.Request.VersionPolicy));
        Assert.Equal(
            ("""{"indexes":["20","21","20"]}""", "application/json"),
            (await batch.ReadBodyAsync(), batch.Request.Content!.Headers.ContentType!.ToString()));
        Assert.DoesNotContain(sent, task => task.IsCompleted);

        batch.Respond(Results(true, true, true));
        foreach (var task in sent)
        {
            var response = (await task.WaitAsync(Eventually.DefaultTimeout)).Response;
            Assert.Equal(
                (StatusCodes.Status200OK, "application/json; charset=utf-8", 16L, Working),
                (response.StatusCode, response.ContentType, response.ContentLength, await ReadAsync(task)));
        }

        Assert.True(Upstream.IsIdle);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("query")]
    [InlineData("other path")]
    [InlineData("other method")]
    [InlineData("lower case")]
    [InlineData("other type")]
    [InlineData("other charset")]
    [InlineData("compressed")]
    [InlineData("unknown length")]
    [InlineData("no setting")]
    [InlineData("long")]
    [InlineData("no index")]
    [InlineData("negative")]
    [InlineData("no JSON")]
    [InlineData("too high by default")]
    public async Task Send_AnotherRequest_IsForwarded(string kind)
    {
        await BeginBatchAsync();
        var body = kind switch
        {
            "long" => """{"index":"7"}""" + new string(' ', SubmissionJoining.MaxBytes),
            "no index" => """{"n":"7"}""",
            "negative" => """{"index":-7}""",
            "no JSON" => "index=7",
            "too high by default" => """{"index":10000001}""",
            _ => """{"index":"7"}""",
        };
        var request = CreateRequest(
            body,
            kind switch { "other method" => "PUT", "lower case" => "post", _ => "POST" },
            kind switch { "query" => "/values?a", "other path" => "/values/requeue", _ => "/values" },
            kind == "no setting" ? CreateCluster([]) : null);
        var headers = request.Request.Headers;
        switch (kind)
        {
            case "key":
                headers[SubmissionRules.IdempotencyKeyHeader] = "k";
                break;
            case "other type":
                headers.ContentType = "text/plain; charset=utf-8";
                break;
            case "other charset":
                headers.ContentType = "application/json; charset=utf-16";
                break;
            case "compressed":
                headers.ContentEncoding = "gzip";
                break;
            case "unknown length":
                headers.ContentLength = null;
                break;
        }

        var sent = SendAsync(request);
        var own = await Upstream.NextOwnAsync();
        Assert.Equal(request.Request.Method, own.Request.Method.Method, ignoreCase: true);
        Assert.Equal(body, await own.ReadBodyAsync());
        own.Respond("own");
        Assert.Equal("own", await ReadAsync(sent));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("application/json ; charset=\"UTF-8\"")]
    public async Task Post_JsonInUtf8_IsJoined(string type)
    {
        await BeginBatchAsync();
        var request = CreateRequest("""{"index":20}""");
        request.Request.ContentType = type;
        var sent = SendAsync(request);
        FirstBatch.Respond(Results(true));
        (await Upstream.NextSharedAsync()).Respond(Results(true));
        Assert.Equal(Working, await ReadAsync(sent));
    }

    [Fact]
    public async Task Post_AfterAQuietTime_IsForwarded()
    {
        await BeginBatchAsync();
        await EndBatchAsync();
        Time.Advance(JoinedSubmissions.BusyTime);
        var sent = SendAsync(20);
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(sent));
    }

    /// <summary>Otherwise a service whose database does not answer would delay each batch after the other.</summary>
    [Fact]
    public async Task Post_BatchWithoutAnswer_DelaysTheNextOneBriefly()
    {
        await BeginBatchAsync();
        var sent = SendAsync(20);
        Assert.True(Upstream.IsIdle);
        Time.Advance(JoinedSubmissions.MaxWait);
        var batch = await Upstream.NextSharedAsync();
        batch.Respond(Results(true));
        Assert.Equal(Working, await ReadAsync(sent));
        Assert.False(FirstBatch.IsCancelled);
    }

    [Fact]
    public async Task Post_MoreThanABatchHolds_AreSentInSeveral()
    {
        await BeginBatchAsync();
        var sent = Enumerable.Range(0, SubmissionRules.MaxBatchEntries + 1).Select(index => SendAsync(index)).ToArray();
        FirstBatch.Respond(Results(true));
        var (first, second) = (await Upstream.NextSharedAsync(), await Upstream.NextSharedAsync());
        Assert.Equal("""{"indexes":["1000"]}""", await second.ReadBodyAsync());
        second.Respond(Results(true));
        first.Respond(Results([.. Enumerable.Repeat(true, SubmissionRules.MaxBatchEntries - 1), false]));
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(sent[^2]));
        Assert.All(await Task.WhenAll(sent.Where((_, n) => n != sent.Length - 2).Select(ReadAsync)), body => Assert.Equal(Working, body));
    }

    [Fact]
    public async Task Post_OneOfTwoReplicasHangs_TheOtherReceivesAllBatches()
    {
        SetReplicas(Cluster, "a:1", "b:2");
        await BeginBatchAsync();
        for (var repetition = 0; repetition < 4; repetition++)
        {
            var sent = SendAsync(20);
            if (repetition == 0)
                Time.Advance(JoinedSubmissions.MaxWait);
            var batch = await Upstream.NextSharedAsync();
            Assert.NotEqual(FirstBatch.Request.RequestUri, batch.Request.RequestUri);
            batch.Respond(Results(true));
            Assert.Equal(Working, await ReadAsync(sent));
        }

        Assert.False(FirstBatch.IsCancelled);
    }

    [Fact]
    public async Task Post_NoReplicaIsAvailable_IsForwarded()
    {
        await BeginBatchAsync();
        SetReplicas(Cluster);
        var sent = SendAsync(20);
        FirstBatch.Respond(Results(true));
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(sent));
    }

    /// <summary>The status for a client that has disconnected does not matter.</summary>
    [Theory]
    [InlineData("slow", StatusCodes.Status408RequestTimeout)]
    [InlineData("reset", StatusCodes.Status200OK)]
    [InlineData("aborted", StatusCodes.Status200OK)]
    public async Task Post_BodyThatDoesNotArrive_IsNotSent(string kind, int status)
    {
        await BeginBatchAsync();
        var request = CreateRequest("""{"index":20}""");
        request.Request.Body = new BrokenBody(kind switch
        {
            "slow" => new BadHttpRequestException("too slow", status),
            "reset" => new ConnectionResetException("reset"),
            _ => new TaskCanceledException(),
        });
        var sent = await SendAsync(request).WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal(status, sent.Response.StatusCode);
        Assert.True(Upstream.IsIdle);
    }

    /// <summary>Otherwise every submission to a service that rejects batches would be sent twice.</summary>
    [Fact]
    public async Task Post_AfterARejectedBatch_IsForwardedForASecond()
    {
        var (batch, sent) = await JoinAsync();
        batch.Respond(new HttpResponseMessage(HttpStatusCode.NotFound));
        foreach (var _ in sent)
            (await Upstream.NextOwnAsync()).Respond("own");
        await Task.WhenAll(sent.Select(ReadAsync));

        var next = SendAsync(22);
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(next));
        Time.Advance(JoinedSubmissions.Pause);
        // The first ones are still under way, so this is the fourth.
        var joined = SendAsync(23);
        (await Upstream.NextSharedAsync()).Respond(Results(true));
        Assert.Equal(Working, await ReadAsync(joined));
    }

    private sealed class BrokenBody(Exception exception) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw exception;
    }
}
