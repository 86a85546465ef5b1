using System.Collections.Concurrent;
using Fib.LocalSystem.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Support;

/// <summary>An OTLP endpoint (http/protobuf) that keeps every received span and the newest point of each metric.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentDictionary<string, OtlpMetric> _metrics = new();
    private readonly ConcurrentDictionary<string, int> _exports = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Address => _app.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", receiver.ReceiveSpansAsync);
        app.MapPost("/v1/metrics", receiver.ReceiveMetricsAsync);
        app.MapPost("/v1/{signal}", () => Results.Ok());
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The received spans.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    /// <summary>The newest point of each metric with each set of tags.</summary>
    public IEnumerable<OtlpMetric> Metrics => _metrics.Values;

    /// <summary>The number of metric exports of a service.</summary>
    public int CountExports(string service) => _exports.GetValueOrDefault(service);

    /// <summary>Waits until the trace is complete and returns its spans.</summary>
    /// <exception cref="TimeoutException">The trace did not become complete; the message lists the received spans.</exception>
    public async Task<IReadOnlyList<OtlpSpan>> GetTraceAsync(string what, string traceId, Func<IReadOnlyList<OtlpSpan>, bool> isComplete)
    {
        IReadOnlyList<OtlpSpan> trace = [];
        try
        {
            await Eventually.HoldsAsync(what, _ => Task.FromResult(isComplete(trace = [.. _spans.Where(span => span.TraceId == traceId)])));
            return trace;
        }
        catch (TimeoutException exception)
        {
            var spans = string.Join(", ", trace.Select(span => $"{span.Service}: {span.Name} ({span.Source})"));
            throw new TimeoutException($"{exception.Message}; it has {spans}.", exception);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveSpansAsync(HttpRequest request)
    {
        foreach (var span in OtlpReader.ReadSpans(await ReadAsync(request)))
            _spans.Enqueue(span);
        return Results.Ok();
    }

    private async Task<IResult> ReceiveMetricsAsync(HttpRequest request)
    {
        var metrics = OtlpReader.ReadMetrics(await ReadAsync(request)).ToArray();
        foreach (var metric in metrics)
            _metrics[$"{metric.Service} {metric.Name} {string.Join(' ', metric.Tags)}"] = metric;
        foreach (var service in metrics.Select(metric => metric.Service).Distinct())
            _exports.AddOrUpdate(service, 1, (_, exports) => exports + 1);
        return Results.Ok();
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
