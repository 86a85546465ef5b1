using System.Collections.Concurrent;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Deploy.Infrastructure;

/// <summary>Answers the real AWS command line in Beanstalk's place, on a loopback port, and records what it was asked.</summary>
internal sealed class Aws : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-aws-");

    private Aws(WebApplication app) => _app = app;

    /// <summary>The parameters of each call, in order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Calls { get; } = [];

    /// <summary>Starts it.</summary>
    /// <param name="results">The XML inside the result of each operation; any other operation is refused.</param>
    public static async Task<Aws> StartAsync(IReadOnlyDictionary<string, string> results)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var aws = new Aws(builder.Build());
        aws._app.MapPost("/", async (HttpRequest request) => aws.Answer((await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()), results));
        await aws._app.StartAsync();
        return aws;
    }

    /// <summary>Runs a script whose <c>aws</c> is led here.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        var wrapper = Path.Combine(_directory.FullName, "aws");
        var path = Environment.GetEnvironmentVariable("PATH");
        await File.WriteAllTextAsync(wrapper, $"#!/bin/sh\nPATH='{path}' exec aws --endpoint-url {_app.Urls.Single()} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(wrapper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        KeyValuePair<string, string>[] variables =
            [new("PATH", $"{_directory.FullName}:{path}"), new("AWS_REGION", "us-east-1"), new("AWS_ACCESS_KEY_ID", "test"), new("AWS_SECRET_ACCESS_KEY", "test"), new("AWS_MAX_ATTEMPTS", "1")];
        return await Tool.RunAsync(Repository.Root, variables, script, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private IResult Answer(Dictionary<string, string> call, IReadOnlyDictionary<string, string> results)
    {
        Calls.Enqueue(call);
        var operation = call["Action"];
        const string space = "http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/";
        return results.TryGetValue(operation, out var result)
            ? Results.Text($"<{operation}Response xmlns=\"{space}\"><{operation}Result>{result}</{operation}Result></{operation}Response>", "text/xml")
            : Results.Text($"<ErrorResponse xmlns=\"{space}\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not allowed</Message></Error></ErrorResponse>", "text/xml", statusCode: 403);
    }
}
