using System.Text.Json;
using Fib.Core.Contracts;
using Fib.Tests.Support;
using Fib.Web.Status;

namespace Fib.Tests.System.Page;

/// <summary>Tests that the script computes and formats times as the server does.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class TimelineScriptTests(SystemFixture system, BrowserFixture browser)
{
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<double, double?, double?> Samples => new()
    {
        { 2, 3, 15 }, { 2, 3, -40 }, { -5, 3, 15 }, { 2, null, null }, { 2, 3, null }, { 2, null, 3 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task ElapsedTimes_Stages_EqualThoseOfTheServer(double stored, double? queued, double? computed)
    {
        var submission = new SubmissionStages(1, 7, Start, Start.AddMilliseconds(stored), At(queued), null, At(computed), null);
        await using var page = await browser.OpenAsync(system.System.Address, "/otherpage");
        var times = await page.Page.EvaluateAsync<double?[]>(
            "async (stages) => (await import('/js/timeline.js')).elapsedTimes(JSON.parse(stages))",
            JsonSerializer.Serialize(submission, JsonSerializerOptions.Web));
        Assert.Equal(Timeline.GetElapsedTimes(submission).Select(time => time?.TotalMilliseconds), times);
    }

    [Fact]
    public async Task FormatDuration_Times_EqualsThatOfTheServer()
    {
        double[] times = [0, 0.9, 12.9, 999.9, 1_000, 1_949, 59_990, 99_999, 100_000, 3_600_000];
        await using var page = await browser.OpenAsync(system.System.Address, "/otherpage");
        var texts = await page.Page.EvaluateAsync<string[]>(
            "async (times) => times.map((await import('/js/timeline.js')).formatDuration)", times);
        Assert.Equal(times.Select(time => Timeline.FormatDuration(TimeSpan.FromMilliseconds(time))), texts);
    }

    private static DateTime? At(double? milliseconds) => milliseconds is { } value ? Start.AddMilliseconds(value) : null;
}
