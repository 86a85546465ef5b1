using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Telemetry;

/// <summary>Each service exports its metrics, with their units.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class MetricsTests(SystemFixture system)
{
    [Theory]
    [InlineData(ResourceNames.Api, "fib.submissions.accepted", "{submission}")]
    [InlineData(ResourceNames.Api, "fib.commit.size", "{submission}")]
    [InlineData(ResourceNames.Api, "fib.backlog.entries", "{entry}", "fib.backlog.state=lag")]
    [InlineData(ResourceNames.Api, "fib.backlog.entries", "{entry}", "fib.backlog.state=pending")]
    [InlineData(ResourceNames.Api, "db.client.operation.duration", "s")]
    [InlineData(ResourceNames.Api, "dotnet.gc.collections", "{collection}")]
    [InlineData(ResourceNames.Api, "kestrel.active_connections", "{connection}")]
    [InlineData(ResourceNames.Api, "http.server.request.duration", "s", "http.route=/values")]
    [InlineData(ResourceNames.Worker, "fib.terms.computed", "{term}", "fib.term.size=short")]
    [InlineData(ResourceNames.Worker, "fib.terms.computed", "{term}", "fib.term.size=long")]
    [InlineData(ResourceNames.Worker, "fib.digits.computed", "{digit}", "fib.term.size=long")]
    [InlineData(ResourceNames.Worker, "fib.term.duration", "s", "fib.term.size=short")]
    [InlineData(ResourceNames.Gateway, "http.client.request.duration", "s")]
    [InlineData(ResourceNames.Gateway, "http.server.request.duration", "s", "http.route=/api/{**rest}")]
    [InlineData(ResourceNames.Web, "http.client.request.duration", "s")]
    public async Task AMetric_IsExportedWithItsUnit(string service, string name, string unit, string tag = "")
    {
        await system.Gateway.SubmitAsync(system.NextIndex());
        await system.Gateway.SubmitAsync(system.NextLongIndex());
        using (await system.Gateway.GetAsync("/"))
        {
            // The web service sends a request to the api.
        }

        var found = await Eventually.FindAsync(name, _ => Task.FromResult(system.Telemetry.Metrics.FirstOrDefault(
            metric => metric.Service == service && metric.Name == name
                && (tag.Length == 0 || metric.Tags.Any(pair => $"{pair.Key}={pair.Value}" == tag)))));
        Assert.Equal(unit, found.Unit);
    }

    [Fact]
    public async Task Submissions_AreCounted()
    {
        var before = Count("fib.submissions.accepted");
        await system.Gateway.SubmitAsync(system.NextIndex());
        await Eventually.HoldsAsync("one more is counted", _ => Task.FromResult(Count("fib.submissions.accepted") > before));

        double Count(string name) => system.Telemetry.Metrics.Where(metric => metric.Name == name).Sum(metric => metric.Value);
    }

    [Fact]
    public async Task HealthProbes_AreNotMeasured()
    {
        await system.Gateway.GetStringAsync("/health");
        await Eventually.HoldsAsync("other requests are measured", _ => Task.FromResult(Routes().Any()));
        Assert.DoesNotContain(Routes(), route => route.Value is "/health" or "/alive");

        IEnumerable<KeyValuePair<string, string>> Routes() => system.Telemetry.Metrics
            .Where(metric => metric.Name == "http.server.request.duration")
            .SelectMany(metric => metric.Tags).Where(tag => tag.Key == "http.route");
    }
}
