using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Telemetry;

/// <summary>One trace includes everything from the request to the stored term. Names follow OpenTelemetry's semantic conventions.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class TelemetryTests(SystemFixture system)
{
    private const int Producer = 4;
    private const string Caller = "caller";

    /// <summary>Each span of the submission of a long term, and its parent.</summary>
    private static readonly string[] ExpectedSpans =
    [
        "gateway POST /api/values < caller",
        "gateway POST < gateway POST /api/values",
        "api POST /values < gateway POST",
        "api commit submissions < api POST /values",
        "api INSERT submission < api commit submissions",
        "api send fib:backlog < api POST /values",
        "worker receive fib:backlog < api send fib:backlog",
        "worker process fib:backlog < api send fib:backlog",
        "worker compute term < worker process fib:backlog",
        "worker store term < worker process fib:backlog",
        "worker send fib:outcomes < worker process fib:backlog",
        "worker settle fib:backlog < worker process fib:backlog",
        "api receive fib:outcomes < worker send fib:outcomes",
        "api process fib:outcomes < worker send fib:outcomes",
        "api INSERT outcome < api process fib:outcomes",
        "api settle fib:outcomes < api process fib:outcomes",
    ];

    [Fact]
    public async Task Post_WithATraceParent_TheTraceIncludesTheStoredTermAndItsOutcome()
    {
        var (trace, spans) = await SendAsync(
            HttpMethod.Post, "/api/values", HttpStatusCode.OK, Submission(system.NextLongIndex()), IsWhole);
        Assert.Equal(
            ExpectedSpans.Order(StringComparer.Ordinal), spans.Select(span => Describe(span, spans)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(spans, span => span.IsError);

        foreach (var span in spans.Where(span => span.Name.Contains(" fib:", StringComparison.Ordinal)))
        {
            string[] expected = ["redis", .. span.Name.Split(' ')];
            Assert.Equal<IEnumerable<string>>(
                expected, [span.Tags["messaging.system"], span.Tags["messaging.operation.type"], span.Tags["messaging.destination.name"]]);
            Assert.Equal(expected[1], span.Tags["messaging.operation.name"]);
        }

        var insert = spans.Single(span => span.Name == "INSERT submission");
        Assert.Equal(
            ("postgresql", "INSERT", "submission"),
            (insert.Tags["db.system.name"], insert.Tags["db.operation.name"], insert.Tags["db.collection.name"]));
        Assert.All(spans, span => Assert.Equal(trace, span.TraceId));
    }

    [Fact]
    public async Task Post_WithoutATraceParent_TheGatewayStartsATrace()
    {
        var index = system.NextLongIndex();
        await system.Gateway.SubmitAsync(index);
        var key = index.ToString(CultureInfo.InvariantCulture);
        var send = await Eventually.FindAsync("the append's span", _ => Task.FromResult(
            system.Telemetry.Spans.FirstOrDefault(span => span.Kind == Producer && span.Tags.GetValueOrDefault("fib.index") == key)));

        var spans = await system.Telemetry.GetTraceAsync("the whole trace", send.TraceId, IsWhole);
        Assert.Equal("POST /api/values", Assert.Single(spans, span => span.ParentId.Length == 0).Name);
    }

    [Theory]
    [InlineData("/", "gateway GET /", "web GET /", "web GET", "api GET /values", "api SELECT submission")]
    [InlineData(
        "/terms/7", "gateway GET /terms/{index}", "web GET /terms/{Index}", "web GET", "api GET /values/{index}", "api SELECT outcome")]
    [InlineData("/api/values/all", "gateway GET /api/values/all", "gateway GET", "api GET /values/all", "api SELECT submission")]
    [InlineData("/api/values/7", "gateway GET /api/values/{index}", "api GET /values/{index}")]
    [InlineData("/api/system", "gateway GET /api/system", "api GET /system")]
    public async Task Get_EachService_NamesItsSpansByTheirRoutes(string path, params string[] names)
    {
        await system.Gateway.SubmitAsync(7);
        await system.Gateway.UntilComputedAsync(7);
        var (_, spans) = await SendAsync(HttpMethod.Get, path, HttpStatusCode.OK, null, spans => !names.Except(spans.Select(Name)).Any());
        Assert.DoesNotContain(spans, span => span.IsError);
    }

    /// <summary>Otherwise clients could invent any number of names.</summary>
    [Theory]
    [InlineData("GET", "/api/no/such/path", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/values/anything", HttpStatusCode.MethodNotAllowed)]
    public async Task Send_ToWhatNoServiceHas_IsNamedByTheGatewaysRoute(string method, string path, HttpStatusCode status) =>
        await SendAsync(
            new HttpMethod(method), path, status, null, spans => spans.Any(span => span.Name == $"{method} /api/{{**rest}}"));

    [Fact]
    public async Task Post_Rejected_IsNoErrorOfAnyService()
    {
        var (_, spans) = await SendAsync(
            HttpMethod.Post, "/api/values", HttpStatusCode.UnprocessableEntity, Submission(int.MaxValue),
            spans => spans.Select(Name).Intersect(["gateway POST /api/values", "gateway POST", "api POST /values"]).Count() == 3);
        Assert.DoesNotContain(spans, span => span.IsError);
    }

    [Fact]
    public async Task Posts_ThatShareACommit_AreLinkedToIt()
    {
        await Eventually.HoldsAsync("a commit of several submissions", async _ =>
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => system.Gateway.SubmitAsync(7)));
            return FindShared() is not null;
        });
        var commit = FindShared()!;
        foreach (var id in commit.Links.Append(commit.ParentId))
            await Eventually.HoldsAsync("the request of each link", _ => Task.FromResult(
                system.Telemetry.Spans.Any(span => span.SpanId == id && Name(span) is "api POST /values" or "api POST /values/batch")));

        OtlpSpan? FindShared() =>
            system.Telemetry.Spans.FirstOrDefault(span => span.Name == "commit submissions" && span.Links.Count > 0);
    }

    private static string Submission(int index) => string.Create(CultureInfo.InvariantCulture, $$"""{"index":{{index}}}""");

    private static string Name(OtlpSpan span) => $"{span.Service} {span.Name}";

    private static string Describe(OtlpSpan span, IReadOnlyList<OtlpSpan> spans) =>
        $"{Name(span)} < {(spans.FirstOrDefault(parent => parent.SpanId == span.ParentId) is { } parent ? Name(parent) : Caller)}";

    private static bool IsWhole(IReadOnlyList<OtlpSpan> spans) => spans.Count >= ExpectedSpans.Length;

    /// <summary>Sends the request in a new trace until the answer has the status, then waits for the spans of that trace.</summary>
    private async Task<(string Trace, IReadOnlyList<OtlpSpan> Spans)> SendAsync(
        HttpMethod method, string path, HttpStatusCode status, string? body, Func<IReadOnlyList<OtlpSpan>, bool> isComplete)
    {
        var trace = await Eventually.FindAsync($"{status} of {path}", async token =>
        {
            var candidate = ActivityTraceId.CreateRandom().ToHexString();
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.Add("traceparent", $"00-{candidate}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
            using var answer = await system.Gateway.SendAsync(request, token);
            return answer.StatusCode == status ? candidate : null;
        });
        return (trace, await system.Telemetry.GetTraceAsync($"the trace of {path}", trace, isComplete));
    }
}
