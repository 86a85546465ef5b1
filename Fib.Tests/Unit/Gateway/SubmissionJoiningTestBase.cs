using System.Text;
using System.Text.Json;
using Fib.Core.Contracts;
using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Submissions through <see cref="SubmissionJoining"/>.</summary>
public abstract class SubmissionJoiningTestBase : MiddlewareTestBase
{
    protected const string Working = """{"working":true}""";

    private readonly SubmissionJoining _joining;
    private readonly List<HeldRequest> _own = [];

    protected SubmissionJoiningTestBase() : base(new() { [SubmissionJoining.Setting] = "/values" }) =>
        _joining = new SubmissionJoining(Replicas, Time);

    /// <summary>The submissions of <see cref="BeginBatchAsync"/>.</summary>
    private protected List<Task<HttpContext>> Before { get; } = [];

    /// <summary>The batch of <see cref="BeginBatchAsync"/>.</summary>
    private protected HeldRequest FirstBatch { get; private set; } = null!;

    private protected sealed override Task InvokeAsync(HttpContext context, RequestDelegate forward) => _joining.InvokeAsync(context, forward);

    private protected HttpContext CreateRequest(string body, string method = "POST", string target = "/values", ClusterState? cluster = null)
    {
        var context = AddBody(CreateContext(method, target, [], cluster), Encoding.UTF8.GetBytes(body));
        context.Request.ContentType = "application/json; charset=utf-8";
        return context;
    }

    private protected static HttpResponseMessage Results(params bool[] accepted)
    {
        var results = accepted.Select(stored => new BatchResult(7, stored, stored ? null : "Index too high"));
        return new HttpResponseMessage { Content = new StringContent(JsonSerializer.Serialize(new { results }, JsonSerializerOptions.Web)) };
    }

    private protected Task<HttpContext> SendAsync(int index) => SendAsync(CreateRequest($$"""{"index":"{{index}}"}"""));

    /// <summary>Sends so many submissions that the last one is a batch, and the next ones wait for it.</summary>
    private protected async Task BeginBatchAsync()
    {
        for (var n = 1; n < JoinedSubmissions.MinConcurrent; n++)
        {
            Before.Add(SendAsync(n));
            _own.Add(await Upstream.NextOwnAsync());
        }

        Before.Add(SendAsync(JoinedSubmissions.MinConcurrent));
        FirstBatch = await Upstream.NextSharedAsync();
    }

    /// <summary>Answers everything of <see cref="BeginBatchAsync"/>.</summary>
    private protected async Task EndBatchAsync()
    {
        FirstBatch.Respond(Results(true));
        _own.ForEach(own => own.Respond("own"));
        await Task.WhenAll(Before).WaitAsync(Eventually.DefaultTimeout);
    }

    /// <summary>A batch of the indexes 20 and 21, which has no answer yet, and its two submissions.</summary>
    private protected async Task<(HeldRequest Batch, Task<HttpContext>[] Sent)> JoinAsync()
    {
        await BeginBatchAsync();
        var sent = new[] { SendAsync(20), SendAsync(21) };
        FirstBatch.Respond(Results(true));
        return (await Upstream.NextSharedAsync(), sent);
    }
}
