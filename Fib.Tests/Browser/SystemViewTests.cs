using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.Browser;

/// <summary>The drawing of the system, and the stages of the last submission.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed partial class SystemViewTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string RecordLights = """
        window.lit = [];
        window.dots = 0;
        new MutationObserver((changes) => changes.forEach(({ type, target }) => {
          if (type === 'childList') window.dots += target.matches('.dots');
          else if (target.dataset.edge && target.classList.contains('lit') && lit.at(-1) !== target.dataset.edge) lit.push(target.dataset.edge);
        })).observe(document.querySelector('.drawing'), { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
        """;

    private static readonly string[] Journey =
    [
        "browser gateway", "gateway api", "api postgres", "api redis", "redis worker", "worker redis", "redis api", "api gateway", "gateway browser",
    ];

    [Fact]
    public async Task Submit_AnIndex_ShowsTheTimeOfEachStage()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        await page.SubmitAsync(Text(index));
        await Assertions.Expect(Fact(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(Times(page)).ToHaveTextAsync(Enumerable.Repeat(ATime, 5));
        await Assertions.Expect(page.Page.Locator("[data-stage=shown]")).ToHaveClassAsync("now");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(ReducedMotion.NoPreference)]
    [InlineData(ReducedMotion.Reduce)]
    public async Task Submit_AnIndex_LightsUpTheWayThereAndBack(ReducedMotion motion)
    {
        var index = system.NextIndex();
        await using var page = await browser.CreateAsync(system.System.Address, new BrowserNewContextOptions { ReducedMotion = motion });
        await page.Page.GotoAsync("/");
        await page.Page.EvaluateAsync(RecordLights);
        await page.SubmitAsync(Text(index));

        await Assertions.Expect(page.Page.Locator("[data-node=browser] .does")).ToHaveTextAsync($"{TermEngine.CountDigits(index)} digits");
        Assert.Equal(Journey, await page.Page.EvaluateAsync<string[]>("lit"));
        Assert.Equal(motion == ReducedMotion.NoPreference, await page.Page.EvaluateAsync<int>("dots") > 0);
    }

    [Fact]
    public async Task Submit_WhileTheOtherPageIsOpen_ShowsThereToo()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync("/otherpage");
        await page.Page.RunAndWaitForResponseAsync(() => page.Page.ReloadAsync(), answer => answer.Url.EndsWith("/api/values/events", StringComparison.Ordinal));
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(Fact(page, "index")).ToHaveTextAsync($"index {index}");
        await Assertions.Expect(Times(page)).ToHaveTextAsync(Enumerable.Repeat(ATime, 5));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Open_WithoutJavaScript_ShowsTheStagesThatTheApiKnows()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync("/otherpage", javaScript: false);
        await Eventually.HoldsAsync($"index {index} with its stages", async _ =>
        {
            await page.Page.ReloadAsync();
            return await Fact(page, "index").TextContentAsync() == $"index {index}" && (await Times(page).AllTextContentsAsync())[3] != "–";
        });
        await Assertions.Expect(Times(page)).ToHaveTextAsync([.. Enumerable.Repeat(ATime, 4), new Regex("^–$")]);
        await Assertions.Expect(Fact(page, "workers")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "The journey of an index" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Return_ToAHiddenTab_AsksHowTheSystemIs()
    {
        await using var page = await OpenAsync();
        await HideAsync(page, true);
        await page.Page.RunAndWaitForRequestAsync(() => HideAsync(page, false), "**/api/system");
    }

    [Fact]
    public async Task Open_OnTheSmallestPhone_KeepsTheDrawingLegible()
    {
        await using var page = await browser.OpenAsync(system.System.Address, size: new ViewportSize { Width = 320, Height = 568 });
        await page.AssertFitsAsync();
        // A unit of the drawing is a pixel at least: its smallest text has eleven.
        Assert.True(await page.Page.EvaluateAsync<double>("document.querySelector('.drawing').getScreenCTM().a") >= 0.99);
    }

    private Task<BrowserPage> OpenAsync(string path = "/", bool javaScript = true) => browser.OpenAsync(system.System.Address, path, javaScript);

    private static ILocator Fact(BrowserPage page, string name) => page.Page.Locator($"[data-fact={name}]");

    private static ILocator Times(BrowserPage page) => page.Page.Locator(".stages .time");

    private static Task<JsonElement?> HideAsync(BrowserPage page, bool isHidden) => page.Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d+(\.\d)? (ms|s|min)$")]
    private static partial Regex ATime { get; }
}
