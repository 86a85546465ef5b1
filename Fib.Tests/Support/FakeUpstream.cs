using System.Globalization;
using System.Net;
using System.Text;
using Fib.Api.Http;
using Fib.Core.Contracts;
using Fib.LocalSystem.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Support;

/// <summary>A service behind the gateway, on its own loopback port: describes the request in its response, streams, or rejects.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _held = new(0);

    private int _number;

    private FakeUpstream(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Waits until one more request for <c>/held</c> has arrived.</summary>
    public Task WaitForHeldAsync(CancellationToken cancellationToken) => _held.WaitAsync(cancellationToken);

    /// <summary>Answers the requests for <c>/held</c>.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Increases the number that <c>/number</c> answers, and returns it.</summary>
    public int IncreaseNumber() => Interlocked.Increment(ref _number);

    public static async Task<FakeUpstream> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AcceptHttp2();
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        var app = builder.Build();
        var upstream = new FakeUpstream(app);
        app.Use((context, next) =>
        {
            context.Response.Headers["X-Seen-Version"] = context.Request.Protocol;
            return next(context);
        });
        app.UseWebSockets();
        app.Map("/ws", EchoAsync);
        app.Map("/values/events", context => StreamAsync(context.Response, context.RequestAborted));
        app.Map("/long", context => context.Response.Body.WriteAsync(new byte[1_000_000], context.RequestAborted).AsTask());
        app.Map("/sized/{length:int}", (int length) => Results.Bytes(new byte[length]));
        app.Map("/unmodified", () => Results.StatusCode(StatusCodes.Status304NotModified));
        app.Map("/held", upstream.HoldAsync);
        app.Map("/number", context => WriteAsync(context.Response, $"{Volatile.Read(ref upstream._number)}").AsTask());
        app.MapPost("/values/batch", AcceptBatchAsync);
        app.Map("/rejecting", context => RejectAsync(context.Response));
        app.MapFallback(context => DescribeAsync(name, context.Request));
        await app.StartAsync();
        return upstream;
    }

    /// <summary>An address without a listener.</summary>
    public static string GetFreeAddress() => $"http://127.0.0.1:{FreePort.Find(IPAddress.Loopback)}";

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
        _held.Dispose();
    }

    /// <summary>Does not end if the client disconnects, such as work that other requests wait for too.</summary>
    private async Task HoldAsync(HttpResponse response)
    {
        _held.Release();
        await _released.Task;
        response.ContentLength = 0;
    }

    private static async Task DescribeAsync(string name, HttpRequest request)
    {
        var body = await new StreamReader(request.Body).ReadToEndAsync();
        request.HttpContext.Response.Headers["X-Seen-Host"] = request.Host.Value;
        request.HttpContext.Response.Headers["X-Seen-Forwarded"] = request.Headers["X-Forwarded-Proto"];
        request.HttpContext.Response.Headers["X-Seen-Client"] = request.Headers["X-Forwarded-For"].ToString();
        request.HttpContext.Response.Headers["X-Seen-Trace"] = request.Headers.TraceParent;
        await WriteAsync(request.HttpContext.Response, $"{name} {request.Method} {request.Path}{request.QueryString} {body.Length}");
    }

    private static ValueTask WriteAsync(HttpResponse response, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes);
    }

    private static async Task StreamAsync(HttpResponse response, CancellationToken aborted)
    {
        response.ContentType = "text/event-stream";
        await response.Body.FlushAsync(aborted);
        await Task.Delay(Timeout.Infinite, aborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Accepts every entry except those above 1,000.</summary>
    private static async Task AcceptBatchAsync(HttpContext context)
    {
        var batch = await context.Request.ReadFromJsonAsync<BatchRequest>(context.RequestAborted);
        var results = batch!.Indexes.Select(index => new BatchResult(7, int.Parse(index, CultureInfo.InvariantCulture) <= 1_000, null));
        await context.Response.WriteAsJsonAsync(new BatchResponse([.. results]), context.RequestAborted);
    }

    private static Task RejectAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return response.WriteAsync("Index too high");
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, endOfMessage: true, context.RequestAborted);
    }
}
