using System.Net;
using System.Text;
using System.Text.Json;
using Fib.Core.Contracts;
using Fib.Gateway;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Submissions through <see cref="SubmissionJoiningHandler"/>.</summary>
public abstract class SubmissionJoiningTestBase() : HandlerTestBase((inner, time) => new SubmissionJoiningHandler(inner, time))
{
    protected const string Working = """{"working":true}""";

    private readonly List<HeldRequest> _own = [];
    private readonly List<Task<HttpResponseMessage>> _before = [];

    /// <summary>The batch of <see cref="BeginBatchAsync"/>.</summary>
    private protected HeldRequest FirstBatch { get; private set; } = null!;

    private protected static HttpRequestMessage CreateRequest(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "http://api/values")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(HeldUpstream.Client, "192.0.2.1");
        return request;
    }

    private protected static HttpResponseMessage Results(params bool[] accepted)
    {
        var results = accepted.Select(stored => new BatchResult(7, stored, stored ? null : "Index too high"));
        return new HttpResponseMessage { Content = new StringContent(JsonSerializer.Serialize(new { results }, JsonSerializerOptions.Web)) };
    }

    private protected Task<HttpResponseMessage> SendAsync(int index) =>
        Client.SendAsync(CreateRequest($$"""{"index":"{{index}}"}"""), CancellationToken.None);

    /// <summary>Sends so many submissions that the last one is a batch, and the next ones wait for it.</summary>
    private protected async Task BeginBatchAsync()
    {
        for (var n = 1; n < JoinedSubmissions.MinConcurrent; n++)
        {
            _before.Add(SendAsync(n));
            _own.Add(await Upstream.NextOwnAsync());
        }

        _before.Add(SendAsync(JoinedSubmissions.MinConcurrent));
        FirstBatch = await Upstream.NextSharedAsync();
    }

    /// <summary>Answers everything of <see cref="BeginBatchAsync"/>.</summary>
    private protected async Task EndBatchAsync()
    {
        FirstBatch.Respond(Results(true));
        _own.ForEach(own => own.Respond("own"));
        await Task.WhenAll(_before).WaitAsync(Eventually.DefaultTimeout);
    }

    /// <summary>A batch of the indexes 20 and 21, which has no answer yet, and its two submissions.</summary>
    private protected async Task<(HeldRequest Batch, Task<HttpResponseMessage>[] Sent)> JoinAsync()
    {
        await BeginBatchAsync();
        var sent = new[] { SendAsync(20), SendAsync(21) };
        FirstBatch.Respond(Results(true));
        return (await Upstream.NextSharedAsync(), sent);
    }
}
