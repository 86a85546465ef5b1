using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Deploy;

/// <summary>Speaks as much of AWS as the <c>aws</c> program needs: records every call and answers as the test says.</summary>
internal sealed class AwsEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<AwsCall> _calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<AwsReply>> _replies = new();

    private AwsEndpoint(WebApplication app) => _app = app;

    /// <summary>For <c>--endpoint-url</c>.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>The calls so far, in their order.</summary>
    public IReadOnlyList<AwsCall> Calls => [.. _calls];

    /// <summary>The operations so far that change something.</summary>
    public IEnumerable<string> Changes => Calls.Select(call => call.Operation).Where(operation => !operation.StartsWith("Describe", StringComparison.Ordinal) && !operation.StartsWith("BatchGet", StringComparison.Ordinal));

    /// <summary>Starts it, with answers for calls that need no thought.</summary>
    public static async Task<AwsEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var endpoint = new AwsEndpoint(app);
        endpoint.Answer("DescribeEvents", AwsReply.Events());
        foreach (var operation in (string[])["CreateApplicationVersion", "UpdateEnvironment", "AbortEnvironmentUpdate", "RequestEnvironmentInfo"])
            endpoint.Answer(operation, AwsReply.Of(operation, ""));
        endpoint.Answer("DescribeApplicationVersions", AwsReply.Of("DescribeApplicationVersions", "<ApplicationVersions/>"));
        app.MapGet("/tail", () => "eb-engine.log: the last line\n");
        app.MapFallback("{**path}", endpoint.HandleAsync);
        await app.StartAsync();
        endpoint.Answer("RetrieveEnvironmentInfo", AwsReply.Samples(), AwsReply.Samples($"{endpoint.Address}/tail"));
        return endpoint;
    }

    /// <summary>What to answer, one after another; the last one from then on.</summary>
    public void Answer(string operation, params IEnumerable<AwsReply> replies) => _replies[operation] = new(replies);

    /// <summary>Whether a test said already what to answer.</summary>
    public bool Answers(string operation) => _replies.ContainsKey(operation);

    public int Count(string operation) => Calls.Count(call => call.Operation == operation);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> HandleAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, System.Text.Encoding.Latin1);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var call = new AwsCall(OperationOf(request, body), body);
        _calls.Enqueue(call);
        if (request.Method == "PUT")
            return Results.Ok();
        var reply = NextReply(call.Operation);
        return Results.Text(reply.Body, request.Headers.ContainsKey("X-Amz-Target") ? "application/x-amz-json-1.1" : "text/xml", statusCode: reply.Status);
    }

    private AwsReply NextReply(string operation)
    {
        if (!_replies.TryGetValue(operation, out var queue) || !queue.TryPeek(out var reply))
            return AwsReply.Refused("NotExpected", $"No test said what to answer to {operation}.", 400);
        if (queue.Count > 1)
            queue.TryDequeue(out _);
        return reply;
    }

    private static string OperationOf(HttpRequest request, string body) =>
        request.Method == "PUT" ? $"PUT {request.Path}"
        : request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target ? target.Split('.')[^1]
        : new AwsCall("", body)["Action"];
}
