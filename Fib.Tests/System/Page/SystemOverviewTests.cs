using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the diagram of the system, and of the stages of the last submission.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed partial class SystemOverviewTests(SystemFixture system, BrowserFixture browser)
{
    private const string RecordHighlights = """
        window.highlights = [];
        window.dots = 0;
        new MutationObserver((changes) => changes.forEach(({ type, target }) => {
          if (type === 'childList') window.dots += target.matches('.dots');
          else if (target.dataset.edge && target.classList.contains('highlighted') && highlights.at(-1) !== target.dataset.edge)
            highlights.push(target.dataset.edge);
        })).observe(document.querySelector('.diagram'), { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
        """;

    private static readonly string[] Edges =
    [
        "browser gateway", "gateway api", "api postgres", "api redis", "redis worker", "worker redis",
        "redis api", "api gateway", "gateway browser",
    ];

    [Fact]
    public async Task Submit_AnIndex_ShowsTheTimeOfEachStage()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        await page.SubmitAsync(Text(index));
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(Times(page)).ToHaveTextAsync(Enumerable.Repeat(TimePattern, 5));
        await Assertions.Expect(page.Page.Locator("[data-stage=shown]")).ToHaveClassAsync("current");
        await Assertions.Expect(page.Page.Locator("#system details")).ToContainTextAsync("from your click");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Submit_ByAnotherVisitorAfterARejection_CountsFromThatSubmission()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        await page.SubmitAsync("100000001");
        await Assertions.Expect(page.Reason).Not.ToBeEmptyAsync();
        await page.Page.EvaluateAsync("const now = performance.now(); performance.now = () => now + 3_600_000");
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(page.Page.Locator("[data-stage=shown] .time")).ToHaveTextAsync(SecondsPattern);
    }

    [Fact]
    public async Task Submit_ByAnotherVisitorOfAnIndexThatWasRejectedHere_CountsFromThatSubmission()
    {
        var (index, accepted) = (system.NextIndex(), system.NextIndex());
        await using var page = await OpenAsync();
        await page.Page.RouteAsync("**/api/values/batch", route => route.FulfillAsync(new() { Status = 400 }), new() { Times = 1 });
        await page.SubmitAsync(Text(index));
        await Assertions.Expect(page.Reason).Not.ToBeEmptyAsync();
        await page.SubmitAsync(Text(accepted));
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {accepted}");
        await page.Page.EvaluateAsync("const now = performance.now(); performance.now = () => now + 3_600_000");
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(page.Page.Locator("[data-stage=shown] .time")).ToHaveTextAsync(SecondsPattern);
    }

    /// <summary>The clock of the page stands still, so that the test decides how long it waits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Compute_TheLastPendingTerm_RefreshesTheStatusIfItShowsABacklog(int backlog)
    {
        var (index, waiting, workers) = (system.NextIndex(), backlog, 77);
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.Page.RouteAsync("**/api/system", async route =>
        {
            var response = await route.FetchAsync();
            var status = JsonNode.Parse(await response.TextAsync())!;
            (status["backlog"], status["oldestPendingSeconds"]) = (new JsonObject { ["lag"] = waiting, ["pending"] = 0 }, null);
            status["workers"] = workers;
            await route.FulfillAsync(new() { Response = response, Body = status.ToJsonString() });
        });
        await page.GotoLiveAsync("/otherpage");
        await page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
        await page.Page.SetHiddenAsync(true);
        await page.Page.SetHiddenAsync(false);
        await Assertions.Expect(Field(page, "workers")).ToHaveTextAsync("77");
        await Assertions.Expect(page.Page.Locator("[data-node=redis] .caption")).ToHaveTextAsync($"{backlog} waiting");

        await system.Gateway.ComputeAsync(index);
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(Times(page)).ToHaveTextAsync(Enumerable.Repeat(TimePattern, 5));
        (waiting, workers) = (0, 78);
        var requests = 0;
        page.Page.Request += (_, request) => requests += request.Url.EndsWith("/api/system", StringComparison.Ordinal) ? 1 : 0;
        await page.Page.Clock.FastForwardAsync("00:02");
        await Assertions.Expect(Field(page, "workers")).ToHaveTextAsync(backlog == 0 ? "77" : "78");
        Assert.Equal(backlog, requests);
    }

    [Theory]
    [InlineData(ReducedMotion.NoPreference)]
    [InlineData(ReducedMotion.Reduce)]
    public async Task Submit_AnIndex_HighlightsEachEdge(ReducedMotion motion)
    {
        var index = system.NextIndex();
        await using var page = await browser.CreateAsync(system.System.Address, new() { ReducedMotion = motion });
        await page.GotoLiveAsync("/");
        await page.Page.EvaluateAsync(RecordHighlights);
        await page.SubmitAsync(Text(index));

        var caption = page.Page.Locator("[data-node=browser] .caption");
        await Assertions.Expect(caption).ToHaveTextAsync($"{TermEngine.CountDigits(index)} digits");
        Assert.Equal(Edges, await page.Page.EvaluateAsync<string[]>("highlights"));
        Assert.Equal(motion == ReducedMotion.NoPreference, await page.Page.EvaluateAsync<int>("dots") > 0);
    }

    [Fact]
    public async Task Submit_WhileTheOtherPageIsOpen_UpdatesIt()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync("/otherpage");
        await page.Page.RunAndWaitForResponseAsync(
            () => page.ReloadAsync(), response => response.Url.EndsWith("/api/values/events", StringComparison.Ordinal));
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(Times(page)).ToHaveTextAsync(Enumerable.Repeat(TimePattern, 5));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Submit_Elsewhere_MeasuresWithoutTheClockOfTheVisitor()
    {
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow.AddMinutes(10) });
        await page.GotoLiveAsync("/");
        var index = system.NextIndex();
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(Field(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(page.Page.Locator("[data-stage=shown] .time")).ToHaveTextAsync(SecondsPattern);
    }

    [Fact]
    public async Task Open_WithoutJavaScript_ShowsTheStagesOfTheApi()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync("/otherpage", javaScript: false);
        await Eventually.HoldsAsync($"index {index} with its stages", async _ =>
        {
            await page.ReloadAsync();
            return await Field(page, "index").TextContentAsync() == $"index {index}"
                && (await Times(page).AllTextContentsAsync())[3] != "–";
        });
        await Assertions.Expect(Times(page)).ToHaveTextAsync([.. Enumerable.Repeat(TimePattern, 4), new Regex("^–$")]);
        await Assertions.Expect(Field(page, "workers")).ToHaveTextAsync("1");
        var diagram = page.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "The data flow of an index" });
        await Assertions.Expect(diagram).ToBeVisibleAsync();
    }

    /// <summary>The clock of the page stands still, so its timer requests nothing.</summary>
    [Fact]
    public async Task Return_ToAHiddenTab_RefreshesTheStatus()
    {
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.GotoAsync("/");
        // The timer is due within that minute.
        await page.Page.RunAndWaitForRequestAsync(() => page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1)), "**/api/system");
        await page.Page.SetHiddenAsync(true);
        await page.Page.RunAndWaitForRequestAsync(() => page.Page.SetHiddenAsync(false), "**/api/system");
    }

    [Fact]
    public async Task Open_OnTheSmallestPhone_KeepsTheDiagramLegible()
    {
        await using var page = await browser.OpenAsync(system.System.Address, size: new ViewportSize { Width = 320, Height = 568 });
        await page.AssertFitsAsync();
        // A unit of the diagram is at least a pixel: its smallest text has 11 units.
        Assert.True(await page.Page.EvaluateAsync<double>("document.querySelector('.diagram').getScreenCTM().a") >= 0.99);
    }

    private async Task<BrowserPage> OpenAsync(string path = "/", bool javaScript = true)
    {
        var page = await browser.CreateAsync(system.System.Address, new() { JavaScriptEnabled = javaScript });
        await (javaScript ? page.GotoLiveAsync(path) : page.GotoAsync(path));
        return page;
    }

    private static ILocator Field(BrowserPage page, string name) => page.Page.Locator($"[data-field={name}]");

    private static ILocator Times(BrowserPage page) => page.Page.Locator(".stages .time");

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d+(\.\d)? (ms|s|min)$")]
    private static partial Regex TimePattern { get; }

    [GeneratedRegex(@"^\d+(\.\d)? (ms|s)$")]
    private static partial Regex SecondsPattern { get; }
}
