using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>One trace runs from the request to the stored term; names follow opentelemetry.io, "Semantic conventions for messaging".</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class TelemetryTests(SystemFixture system)
{
    private const int Internal = 1, Server = 2, Client = 3, Producer = 4, Consumer = 5;
    private const string Stream = "fib:backlog";

    [Fact]
    public async Task Post_WithATraceOfItsOwn_TheTraceRunsToTheStoredTermAndItsRecording()
    {
        var (trace, caller) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values")
        {
            Content = new StringContent($$"""{"index":{{system.NextLongIndex()}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{trace}-{caller}-01");
        using var answer = await system.Gateway.SendAsync(request);
        answer.EnsureSuccessStatusCode();

        var spans = await system.Telemetry.GetTraceAsync("the whole trace", trace, IsWhole);
        var known = spans.Select(span => span.SpanId).Append(caller).ToHashSet();
        Assert.All(spans, span => Assert.Contains(span.ParentId, known));

        var send = Find(spans, ResourceNames.Api, Producer);
        var process = Find(spans, ResourceNames.Worker, Consumer);
        AssertMessaging(send, "send", Stream);
        AssertMessaging(process, "process", Stream);
        AssertMessaging(Find(spans, ResourceNames.Api, Consumer), "process", "fib:outcomes");
        Assert.Equal(send.SpanId, process.ParentId);
        Assert.All(spans.Where(span => span.Name is "compute term" or "store term"), part => Assert.Equal(process.SpanId, part.ParentId));
        Assert.Equal(caller, FindRequest(spans, ResourceNames.Gateway).ParentId);
    }

    [Fact]
    public async Task Post_WithoutATrace_TheGatewayBeginsOne()
    {
        var index = system.NextLongIndex();
        await system.Gateway.SubmitAsync(index);
        var key = index.ToString(CultureInfo.InvariantCulture);
        var send = await Eventually.FindAsync("the append's span", _ => Task.FromResult(
            system.Telemetry.Spans.FirstOrDefault(span => span.Kind == Producer && span.Tags.GetValueOrDefault("fib.index") == key)));

        var spans = await system.Telemetry.GetTraceAsync("the whole trace", send.TraceId, IsWhole);
        Assert.Equal("", FindRequest(spans, ResourceNames.Gateway).ParentId);
    }

    [Fact]
    public async Task ProbesOfHealth_LeaveNoTrace()
    {
        await system.Gateway.GetStringAsync("/health");
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/all");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var answer = await system.Gateway.SendAsync(request);
        await system.Telemetry.GetTraceAsync("a later trace", trace, spans => spans.Any(span => span.Service == ResourceNames.Gateway && span.Kind == Server));

        Assert.DoesNotContain(system.Telemetry.Spans, span => span.Kind == Server && span.Tags.GetValueOrDefault("url.path") is "/health" or "/alive");
    }

    /// <summary>The way of the request: gateway, api, SQL, append, worker, store, and back: the api records it.</summary>
    private static bool IsWhole(IReadOnlyList<OtlpSpan> spans) =>
        Has(spans, ResourceNames.Gateway, Server) && Has(spans, ResourceNames.Gateway, Client)
        && Has(spans, ResourceNames.Api, Server) && spans.Any(span => span is { Service: ResourceNames.Api, Source: "Npgsql", Kind: Client })
        && Has(spans, ResourceNames.Api, Producer) && Has(spans, ResourceNames.Worker, Consumer)
        && spans.Any(span => span is { Name: "compute term", Kind: Internal }) && spans.Any(span => span is { Name: "store term", Kind: Client })
        && Has(spans, ResourceNames.Api, Consumer);

    private static bool Has(IReadOnlyList<OtlpSpan> spans, string service, int kind) => spans.Any(span => span.Service == service && span.Kind == kind);

    private static OtlpSpan Find(IReadOnlyList<OtlpSpan> spans, string service, int kind) => Assert.Single(spans, span => span.Service == service && span.Kind == kind);

    /// <summary>YARP has a server span of its own below it.</summary>
    private static OtlpSpan FindRequest(IReadOnlyList<OtlpSpan> spans, string service) =>
        Assert.Single(spans, span => span.Service == service && span is { Source: "Microsoft.AspNetCore", Kind: Server });

    private static void AssertMessaging(OtlpSpan span, string operation, string destination)
    {
        Assert.Equal($"{operation} {destination}", span.Name);
        Assert.Equal("redis", span.Tags["messaging.system"]);
        Assert.Equal(operation, span.Tags["messaging.operation.type"]);
        Assert.Equal(operation, span.Tags["messaging.operation.name"]);
        Assert.Equal(destination, span.Tags["messaging.destination.name"]);
    }
}
