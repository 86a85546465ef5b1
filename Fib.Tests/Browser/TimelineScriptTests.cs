using System.Text.Json;
using Fib.Tests.Support;
using Fib.Web.Stages;

namespace Fib.Tests.Browser;

/// <summary>The page's script and the server say the same of times.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class TimelineScriptTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<double?, double?, double?> Samples => new()
    {
        { 2, 3, 15 }, { 2, 3, -40 }, { -5, 3, 15 }, { 2, null, null }, { 2, 3, null }, { null, null, null },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Times_Stages_AreTheServers(double? stored, double? queued, double? computed)
    {
        var submission = new SubmissionStages(1, 7, Start, At(stored), At(queued), At(computed));
        await using var page = await browser.OpenAsync(system.System.Address, "/otherpage");
        var times = await page.Page.EvaluateAsync<double?[]>(
            "async (stages) => (await import('/js/timeline.js')).times(JSON.parse(stages))", JsonSerializer.Serialize(submission, JsonSerializerOptions.Web));
        Assert.Equal(Timeline.Of(submission).Select(time => time?.TotalMilliseconds), times);
    }

    [Fact]
    public async Task Say_Times_IsTheServers()
    {
        double[] times = [0, 0.9, 12.9, 999.9, 1_000, 1_949, 59_990, 99_999, 100_000, 3_600_000];
        await using var page = await browser.OpenAsync(system.System.Address, "/otherpage");
        var said = await page.Page.EvaluateAsync<string[]>("async (times) => times.map((await import('/js/timeline.js')).say)", times);
        Assert.Equal(times.Select(time => Timeline.Say(TimeSpan.FromMilliseconds(time))), said);
    }

    private static DateTime? At(double? milliseconds) => milliseconds is { } some ? Start.AddMilliseconds(some) : null;
}
