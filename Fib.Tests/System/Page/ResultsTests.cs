using System.Globalization;
using System.Net.Http.Json;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the list of results: pages, the filter, and the actions on a term.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class ResultsTests(SystemFixture system, BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follow_OlderAndNewest_ShowsOtherPagesOfResults(bool javaScript)
    {
        await SubmitManyAsync(Enumerable.Range(100, 60));
        await using var page = await OpenAsync(javaScript);
        await Assertions.Expect(page.Seen).ToHaveCountAsync(50);
        await Assertions.Expect(page.Seen.First).ToHaveTextAsync("159");
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Older" }).ClickAsync();
        await Assertions.Expect(page.Seen.First).ToHaveTextAsync("109");
        if (javaScript)
            await Assertions.Expect(page.Page.Locator("#live")).ToHaveTextAsync("New results appear on the newest page.");
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Newest", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Seen.First).ToHaveTextAsync("159");
        Assert.Empty(page.Errors);
    }

    /// <summary>The link exists in the server's HTML if the list has more than 50 submissions then.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(52)]
    public async Task Follow_OlderAfterTheListGrewByEvents_ShowsTheSubmissionsBeforeThoseListed(int count)
    {
        var index = system.NextIndex();
        await SubmitManyAsync(Enumerable.Repeat(index, count));
        await using var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.RouteAsync("**/api/values?**", route => route.AbortAsync());
        await page.GotoAsync($"/?index={index}");
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        var older = page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Older" });
        await Assertions.Expect(older).ToHaveCountAsync(count > 50 ? 1 : 0);
        var oldest = int.Parse((await page.Seen.Last.GetAttributeAsync("data-id"))!, CultureInfo.InvariantCulture);

        await SubmitManyAsync(Enumerable.Repeat(index, 3));
        await Assertions.Expect(page.Seen.Last).Not.ToHaveAttributeAsync("data-id", $"{oldest}");
        await Assertions.Expect(page.Page.Locator($"#seen [data-id='{oldest + 2}']")).ToHaveCountAsync(0);
        await older.ClickAsync();
        await Assertions.Expect(page.Seen).ToHaveCountAsync(count + 3 - 50);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filter_ByAnIndex_ShowsOnlyIt(bool javaScript)
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(index);
        await system.Gateway.ComputeAsync(other);
        await using var page = await OpenAsync(javaScript);
        await FilterAsync(page, index.ToString(CultureInfo.InvariantCulture));
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Row(other)).ToHaveCountAsync(0);

        await FilterAsync(page, "seven");
        await Assertions.Expect(page.Page.Locator("#filter-reason")).ToContainTextAsync("whole number");
        await FilterAsync(page, "10000001");
        await Assertions.Expect(page.Page.Locator("#filter-reason")).ToHaveTextAsync("Index too high: the highest is 10,000,000.");
        await FilterAsync(page, system.NextIndex().ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Page.GetByText("was not submitted yet").First).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Show the newest results" }).ClickAsync();
        await page.Line(other).WaitForAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Filter_WhileOthersAreSubmitted_ShowsOnlyItsIndex()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await using var page = await browser.OpenAsync(system.System.Address, $"/?index={index}");
        await Assertions.Expect(page.Page.Locator("#live")).ToContainTextAsync("automatically");
        await system.Gateway.SubmitAsync(other);
        await system.Gateway.SubmitAsync(index);
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Seen).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Expand_ALongTerm_ShowsAllItsDigitsAndHidesThemAgain()
    {
        var index = system.NextLongIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        var row = page.Row(index);
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show digits of the term" }).ClickAsync();
        await Assertions.Expect(row.Locator(".expanded")).ToBeVisibleAsync();
        var digits = (await row.Locator(".expanded").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(Fibonacci.Term(index), digits);
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Hide digits of the term" }).ClickAsync();
        await Assertions.Expect(row.Locator(".expanded")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Expand_ATermOfMoreThan20000Digits_LinksToTheOthers()
    {
        const int index = 100_000;
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        await page.Row(index).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show digits of the term" }).ClickAsync();
        await page.Page.GetByText("The other 899 digits are on the page of this term").ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Uri(system.System.Address, $"/terms/{index}").ToString());
    }

    /// <summary>Safari allows it only while it handles the click, so the browser is asked before the digits are there.</summary>
    [Fact]
    public async Task Copy_BeforeTheDigitsAreRead_HasAskedTheBrowser()
    {
        var index = system.NextLongIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var release = new TaskCompletionSource();
        await page.Page.RouteAsync($"**/api/values/{index}", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await page.Page.EvaluateAsync("""
            () => {
              const write = navigator.clipboard.write.bind(navigator.clipboard);
              navigator.clipboard.write = (items) => {
                window.isAsked = true;
                return write(items);
              };
            }
            """);
        await page.Row(index).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Copy the term" }).ClickAsync();
        await Eventually.HoldsAsync(
            "the page asks the browser", async _ => await page.Page.EvaluateAsync<bool>("window.isAsked === true"));
        release.SetResult();
        await Assertions.Expect(page.Row(index)).ToContainTextAsync("Copied");
        Assert.Equal(Fibonacci.Term(index), await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("delete window.ClipboardItem")]
    [InlineData("Object.defineProperty(navigator, 'clipboard', { value: undefined })")]
    public async Task Copy_ALongTerm_CopiesAllItsDigitsToTheClipboard(string restriction)
    {
        var index = system.NextLongIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync();
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Page.EvaluateAsync(
            $"() => {{ window.readText = navigator.clipboard.readText.bind(navigator.clipboard); {restriction} }}");
        await page.Row(index).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Copy the term" }).ClickAsync();
        await Assertions.Expect(page.Row(index)).ToContainTextAsync("Copied");
        Assert.Equal(Fibonacci.Term(index), await page.Page.EvaluateAsync<string>("readText()"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Download_ALongTerm_SavesAllItsDigits(bool javaScript)
    {
        var index = system.NextLongIndex();
        await system.Gateway.ComputeAsync(index);
        await using var page = await OpenAsync(javaScript);
        var link = page.Row(index).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Download" });
        var download = await page.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal($"fibonacci-{index}.txt", download.SuggestedFilename);
        Assert.Equal(Fibonacci.Term(index), await File.ReadAllTextAsync(await download.PathAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_OnAPhone_FitsTheScreen(bool javaScript)
    {
        await SubmitManyAsync([7, 300, 10_000, 1_000_000]);
        await system.Gateway.UntilComputedAsync(1_000_000);
        await using var page = await browser.OpenAsync(system.System.Address, "/", javaScript, Sizes.Phone);
        await Assertions.Expect(page.Row(1_000_000)).ToContainTextAsync("Computed");
        await page.AssertFitsAsync();
        await page.PictureAsync(javaScript ? "phone" : "phone-without-javascript");
        await page.Page.SetViewportSizeAsync(320, 640);
        await page.AssertFitsAsync();
    }

    private async Task SubmitManyAsync(IEnumerable<int> indexes)
    {
        using var response = await system.Gateway.PostAsJsonAsync("/api/values/batch", new { indexes });
        Assert.True(response.IsSuccessStatusCode);
    }

    private static async Task FilterAsync(BrowserPage page, string index)
    {
        await page.Page.GetByLabel("Only index").FillAsync(index);
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show", Exact = true }).ClickAsync();
    }

    private Task<BrowserPage> OpenAsync(bool javaScript = true) => browser.OpenAsync(system.System.Address, "/", javaScript);
}
