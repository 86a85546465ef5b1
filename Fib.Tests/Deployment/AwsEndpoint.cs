using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Deployment;

/// <summary>A fake AWS for the real <c>aws</c> command: it records every call and returns the test's replies.</summary>
internal sealed class AwsEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<AwsCall> _calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<AwsReply>> _replies = new();

    private AwsEndpoint(WebApplication app) => _app = app;

    /// <summary>The endpoint's URL, for <c>AWS_ENDPOINT_URL</c>.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyList<AwsCall> Calls => [.. _calls];

    /// <summary>The operations so far that change something.</summary>
    public IEnumerable<string> Changes => Calls.Select(call => call.Operation).Where(operation =>
        !operation.StartsWith("Describe", StringComparison.Ordinal) && !operation.StartsWith("BatchGet", StringComparison.Ordinal));

    /// <summary>Starts the endpoint, with default replies for operations whose result rarely matters.</summary>
    public static async Task<AwsEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var endpoint = new AwsEndpoint(app);
        endpoint.Answer("DescribeEvents", AwsReply.Events());
        string[] empty = ["CreateApplicationVersion", "UpdateEnvironment", "AbortEnvironmentUpdate", "RequestEnvironmentInfo"];
        foreach (var operation in empty)
            endpoint.Answer(operation, AwsReply.Of(operation, ""));
        endpoint.Answer("DescribeConfigurationSettings", AwsReply.Options());
        endpoint.Answer("DescribeApplicationVersions", AwsReply.Of("DescribeApplicationVersions", "<ApplicationVersions/>"));
        app.MapGet("/tail", () => "eb-engine.log: the last line\n");
        app.MapFallback("{**path}", endpoint.HandleAsync);
        await app.StartAsync();
        endpoint.Answer("RetrieveEnvironmentInfo", AwsReply.Samples(), AwsReply.Samples($"{endpoint.Address}/tail"));
        return endpoint;
    }

    /// <summary>Sets an operation's replies. Each call gets the next one; the last one is repeated.</summary>
    public void Answer(string operation, params IEnumerable<AwsReply> replies) => _replies[operation] = new(replies);

    /// <summary>Whether an operation has replies.</summary>
    public bool Answers(string operation) => _replies.ContainsKey(operation);

    /// <summary>How often an operation was called.</summary>
    public int Count(string operation) => Calls.Count(call => call.Operation == operation);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> HandleAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, global::System.Text.Encoding.Latin1);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var call = new AwsCall(OperationOf(request, body), body);
        _calls.Enqueue(call);
        if (request.Method == "PUT")
            return Results.Ok();
        var reply = NextReply(call.Operation);
        if (reply == AwsReply.Never)
            await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        var contentType = request.Headers.ContainsKey("X-Amz-Target") ? "application/x-amz-json-1.1" : "text/xml";
        return Results.Text(reply.Body, contentType, statusCode: reply.Status);
    }

    private AwsReply NextReply(string operation)
    {
        if (!_replies.TryGetValue(operation, out var queue) || !queue.TryPeek(out var reply))
            return AwsReply.Refused("NotExpected", $"The test set no reply for {operation}.", 400);
        if (queue.Count > 1)
            queue.TryDequeue(out _);
        return reply;
    }

    private static string OperationOf(HttpRequest request, string body) =>
        request.Method == "PUT" ? $"PUT {request.Path}"
        : request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target ? target.Split('.')[^1]
        : new AwsCall("", body)["Action"];
}

/// <summary>A call that the endpoint received.</summary>
/// <param name="Operation">For example <c>UpdateEnvironment</c>; for S3 the method, bucket and key.</param>
/// <param name="Body">The request body: a form or JSON.</param>
internal sealed record AwsCall(string Operation, string Body)
{
    /// <summary>A form parameter; empty if the form does not have it.</summary>
    public string this[string parameter] => QueryHelpers.ParseQuery(Body).TryGetValue(parameter, out var value) ? value.ToString() : "";
}

/// <summary>A response of the endpoint.</summary>
internal sealed record AwsReply(string Body, int Status = 200)
{
    /// <summary>The endpoint does not reply.</summary>
    public static AwsReply Never { get; } = new("never");

    private const string Namespace = "http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/";

    /// <summary>A response of Elastic Beanstalk.</summary>
    public static AwsReply Of(string operation, string result) => new(
        $"<{operation}Response xmlns=\"{Namespace}\"><{operation}Result>{result}</{operation}Result></{operation}Response>");

    /// <summary>An error of a service that uses XML.</summary>
    public static AwsReply Refused(string code, string message, int status = 403) =>
        new($"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>", status);

    /// <summary>An error of a service that uses JSON.</summary>
    public static AwsReply RefusedJson(string code, string message) => new($$"""{"__type":"{{code}}","message":"{{message}}"}""", 400);

    /// <summary>One environment, as <c>DescribeEnvironments</c> returns it.</summary>
    public static AwsReply Environment(string status, string health, string version, string cname = "fib.example.com") => Of(
        "DescribeEnvironments",
        $"<Environments><member><Status>{status}</Status><Health>{health}</Health>" +
        $"<VersionLabel>{version}</VersionLabel><CNAME>{cname}</CNAME></member></Environments>");

    public static AwsReply Events(params IEnumerable<string> messages) => Of(
        "DescribeEvents",
        $"<Events>{string.Concat(messages.Select(Event))}</Events>");

    public static AwsReply Version(string bucket, string key) => Of(
        "DescribeApplicationVersions",
        "<ApplicationVersions><member><SourceBundle>" +
        $"<S3Bucket>{bucket}</S3Bucket><S3Key>{key}</S3Key></SourceBundle></member></ApplicationVersions>");

    /// <summary>The deployed configuration of an environment, after the one of an update that failed.</summary>
    public static AwsReply Options(params IEnumerable<(string Namespace, string Name, string Value)> options) => Of(
        "DescribeConfigurationSettings",
        "<ConfigurationSettings><member><DeploymentStatus>failed</DeploymentStatus><OptionSettings/></member>" +
        $"<member><DeploymentStatus>deployed</DeploymentStatus><OptionSettings>{string.Concat(options.Select(Option))}" +
        "</OptionSettings></member></ConfigurationSettings>");

    public static AwsReply Samples(params IEnumerable<string> urls) => Of(
        "RetrieveEnvironmentInfo",
        $"<EnvironmentInfo>{string.Concat(urls.Select(Sample))}</EnvironmentInfo>");

    private static string Event(string message) =>
        $"<member><EventDate>2026-11-20T12:00:00Z</EventDate><Severity>INFO</Severity><Message>{message}</Message></member>";

    private static string Option((string Namespace, string Name, string Value) option) =>
        $"<member><Namespace>{option.Namespace}</Namespace><OptionName>{option.Name}</OptionName><Value>{option.Value}</Value></member>";

    private static string Sample(string url) =>
        "<member><InfoType>tail</InfoType><Ec2InstanceId>i-1</Ec2InstanceId>" +
        $"<SampleTimestamp>2026-11-20T12:00:00Z</SampleTimestamp><Message>{url}</Message></member>";
}

/// <summary>Environment variables that direct the <c>aws</c> command to an endpoint, and isolate it from this machine's settings.</summary>
internal static class AwsVariables
{
    /// <summary>The variables without region and credentials.</summary>
    public static Dictionary<string, string> Isolated(AwsEndpoint? endpoint)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["NO_PROXY"] = "127.0.0.1",
        };
        if (endpoint is not null)
            variables["AWS_ENDPOINT_URL"] = endpoint.Address;
        return variables;
    }

    /// <summary>The variables with region and credentials.</summary>
    public static Dictionary<string, string?> Of(AwsEndpoint endpoint)
    {
        var variables = Isolated(endpoint).ToDictionary(variable => variable.Key, string? (variable) => variable.Value);
        variables["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE";
        variables["AWS_SECRET_ACCESS_KEY"] = "secret-key";
        variables["AWS_DEFAULT_REGION"] = "eu-west-1";
        return variables;
    }
}
