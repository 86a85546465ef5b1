using System.Net;
using System.Text;
using Fib.Core.Contracts;
using Fib.Gateway;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Which submissions are sent in a batch.</summary>
public sealed class SubmissionJoiningHandlerTests : SubmissionJoiningTestBase
{
    [Fact]
    public async Task Post_FewConcurrent_EachIsSentItself()
    {
        var sent = Enumerable.Range(1, JoinedSubmissions.MinConcurrent - 1).Select(index => SendAsync(index)).ToArray();
        for (var index = 1; index <= sent.Length; index++)
        {
            var own = await Upstream.NextOwnAsync();
            Assert.Equal($$"""{"index":"{{index}}"}""", await own.Request.Content!.ReadAsStringAsync());
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
            (HttpMethod.Post, new Uri("http://api/values/batch"), HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
            (batch.Request.Method, batch.Request.RequestUri, batch.Request.Version, batch.Request.VersionPolicy));
        Assert.Equal(
            ("""{"indexes":["20","21","20"]}""", "application/json"),
            (await batch.Request.Content!.ReadAsStringAsync(), batch.Request.Content.Headers.ContentType!.ToString()));
        Assert.DoesNotContain(sent, task => task.IsCompleted);

        batch.Respond(Results(true, true, true));
        foreach (var task in sent)
        {
            using var response = await task.WaitAsync(Eventually.DefaultTimeout);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var headers = response.Content.Headers.NonValidated;
            Assert.Equal(
                (Working, "application/json; charset=utf-8", "16"),
                (await response.Content.ReadAsStringAsync(), headers["Content-Type"].ToString(), headers["Content-Length"].ToString()));
        }

        Assert.True(Upstream.IsIdle);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("query")]
    [InlineData("other path")]
    [InlineData("other method")]
    [InlineData("other type")]
    [InlineData("other charset")]
    [InlineData("compressed")]
    [InlineData("long")]
    [InlineData("no index")]
    [InlineData("negative")]
    [InlineData("no JSON")]
    [InlineData("too high by default")]
    public async Task Send_AnotherRequest_IsSentItself(string kind)
    {
        await BeginBatchAsync();
        var body = kind switch
        {
            "long" => """{"index":"7"}""" + new string(' ', SubmissionJoiningHandler.MaxBytes),
            "no index" => """{"n":"7"}""",
            "negative" => """{"index":-7}""",
            "no JSON" => "index=7",
            "too high by default" => """{"index":10000001}""",
            _ => """{"index":"7"}""",
        };
        using var request = CreateRequest(body);
        if (kind == "key")
            request.Headers.Add(SubmissionRules.IdempotencyKeyHeader, "k");
        if (kind is "query" or "other path")
            request.RequestUri = new Uri(request.RequestUri!, kind == "query" ? "?a" : "/values/requeue");
        if (kind == "other method")
            request.Method = HttpMethod.Put;
        if (kind is "other type" or "other charset")
            request.Content!.Headers.ContentType = kind == "other type" ? new("text/plain", "utf-8") : new("application/json", "utf-16");
        if (kind == "compressed")
            request.Content!.Headers.ContentEncoding.Add("gzip");

        var sent = Client.SendAsync(request, CancellationToken.None);
        var own = await Upstream.NextOwnAsync();
        Assert.Same(request, own.Request);
        Assert.Equal(Encoding.UTF8.GetBytes(body), await own.Request.Content!.ReadAsByteArrayAsync());
        own.Respond("own");
        Assert.Equal("own", await ReadAsync(sent));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=utf-8")]
    public async Task Post_JsonInUtf8_IsJoined(string type)
    {
        await BeginBatchAsync();
        using var request = CreateRequest("""{"index":20}""");
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        var sent = Client.SendAsync(request, CancellationToken.None);
        FirstBatch.Respond(Results(true));
        (await Upstream.NextSharedAsync()).Respond(Results(true));
        Assert.Equal(Working, await ReadAsync(sent));
    }

    [Fact]
    public async Task Post_AfterAQuietTime_IsSentItself()
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
        Assert.False(FirstBatch.Cancelled.IsCompleted);
    }

    [Fact]
    public async Task Post_MoreThanABatchHolds_AreSentInSeveral()
    {
        await BeginBatchAsync();
        var sent = Enumerable.Range(0, SubmissionRules.MaxBatchEntries + 1).Select(index => SendAsync(index)).ToArray();
        FirstBatch.Respond(Results(true));
        var (first, second) = (await Upstream.NextSharedAsync(), await Upstream.NextSharedAsync());
        Assert.Equal("""{"indexes":["1000"]}""", await second.Request.Content!.ReadAsStringAsync());
        second.Respond(Results(true));
        first.Respond(Results([.. Enumerable.Repeat(true, SubmissionRules.MaxBatchEntries - 1), false]));
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(sent[^2]));
        Assert.All(await Task.WhenAll(sent.Where((_, n) => n != sent.Length - 2).Select(ReadAsync)), body => Assert.Equal(Working, body));
    }

    [Fact]
    public async Task Post_ToAnotherReplica_IsNotPartOfTheBatch()
    {
        await BeginBatchAsync();
        using var request = CreateRequest("""{"index":"20"}""");
        request.RequestUri = new Uri("http://api-2/values");
        var sent = Client.SendAsync(request, CancellationToken.None);
        (await Upstream.NextOwnAsync()).Respond("own");
        Assert.Equal("own", await ReadAsync(sent));
    }

    /// <summary>Otherwise every submission to a service that rejects batches would be sent twice.</summary>
    [Fact]
    public async Task Post_AfterARejectedBatch_IsSentItselfForASecond()
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
}
