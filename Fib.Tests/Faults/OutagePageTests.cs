using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.Faults;

/// <summary>Tests of the page during outages, and of terms that fail.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class OutagePageTests(DurableSystemFixture system, BrowserFixture browser)
{
    [Fact]
    public async Task Submit_WhilePostgresIsUnavailable_IsSentAgainAutomatically()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync("/");
        await system.System.WithoutAsync(ResourceNames.Postgres, async () =>
        {
            await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
            await Assertions.Expect(page.Page.Locator("#notice")).ToContainTextAsync("sent again automatically");
            await Assertions.Expect(page.Field).ToHaveValueAsync(index.ToString(CultureInfo.InvariantCulture));
            await page.PictureAsync("unavailable");
        });

        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Page.Locator("#notice")).ToBeHiddenAsync();
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        Assert.Single(await system.Gateway.GetAllAsync(), index);
    }

    [Fact]
    public async Task Submit_SeveralWhilePostgresIsUnavailable_AllAreSentAgain()
    {
        int[] indexes = [system.NextIndex(), system.NextIndex()];
        await using var page = await OpenAsync("/");
        await system.System.WithoutAsync(ResourceNames.Postgres, async () =>
        {
            foreach (var index in indexes)
            {
                await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
                await Assertions.Expect(page.Page.Locator("#notice")).ToContainTextAsync("sent again automatically");
            }

            await Assertions.Expect(page.Page.Locator("#notice")).ToContainTextAsync("Your 2 submissions are kept here");
        });

        foreach (var index in indexes)
            await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Page.Locator("#notice")).ToBeHiddenAsync();
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        var all = await system.Gateway.GetAllAsync();
        Assert.All(indexes, index => Assert.Single(all, index));
    }

    [Fact]
    public async Task Open_WhilePostgresIsUnavailable_ReportsItWithoutScriptToo()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync("/", javaScript: false);
        var form = await page.Page.Locator("#submit input[name=key]").GetAttributeAsync("value");
        await system.System.WithoutAsync(ResourceNames.Postgres, async () =>
        {
            await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
            await Assertions.Expect(page.Page.Locator("#notice")).ToContainTextAsync("submit again");
            await Assertions.Expect(page.Field).ToHaveValueAsync(index.ToString(CultureInfo.InvariantCulture));
            await Assertions.Expect(page.Page.Locator("#submit input[name=key]")).ToHaveAttributeAsync("value", form!);
            // A reload would take what the user types.
            Assert.DoesNotContain("http-equiv", await system.Gateway.GetStringAsync("/"), StringComparison.Ordinal);
            await AssertUnavailableAsync(HttpMethod.Get, "/terms/7");
            await AssertUnavailableAsync(HttpMethod.Post, "/");
            await AssertUnavailableAsync(HttpMethod.Post, "/terms/7");
        });

        await Eventually.HoldsAsync("the index is accepted", async _ =>
        {
            await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
            return await page.SubmitStatus.TextContentAsync() == "1 index was accepted.";
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_IndexAboveTheWorkersMaximum_ShowsTheReasonAndCanBeRetried(bool javaScript)
    {
        var index = DurableSystemFixture.WorkersMaximum + (javaScript ? 1 : 2);
        await using var page = await OpenAsync("/", javaScript);
        await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
        await UntilFailedAsync(page, index, javaScript);
        await TryAgain(page, index).ClickAsync();
        await Assertions.Expect(page.Page.Locator($"#seen [data-index='{index}']")).ToHaveCountAsync(2);
        await UntilFailedAsync(page, index, javaScript);
        await page.PictureAsync("failed");

        await page.GotoAsync($"/terms/{index}");
        await Assertions.Expect(page.Page.Locator("#term")).ToContainTextAsync("could not be computed");
        var button = page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try again" });
        await Assertions.Expect(button).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TryAgain_WithoutAWorker_IsPendingAndNoLongerFailed()
    {
        const int index = DurableSystemFixture.WorkersMaximum + 3;
        await system.Gateway.SubmitAsync(index);
        await using var page = await OpenAsync("/");
        await UntilFailedAsync(page, index, javaScript: true);
        await system.System.WithoutAsync(ResourceNames.Worker, async () =>
        {
            await TryAgain(page, index).ClickAsync();
            await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} was accepted.");
            await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Pending");
        });

        await UntilFailedAsync(page, index, javaScript: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_APendingTerm_ShowsItAsSoonAsItIsComputed(bool javaScript)
    {
        var index = system.NextIndex();
        BrowserPage? page = null;
        await system.System.WithoutAsync(ResourceNames.Worker, async () =>
        {
            await system.Gateway.SubmitAsync(index);
            page = await OpenAsync($"/terms/{index}", javaScript);
            await Assertions.Expect(page.Page.Locator("#term")).ToContainTextAsync("is being calculated");
            await page.PictureAsync("pending");
        });

        await using var opened = page!;
        await system.Gateway.UntilComputedAsync(index);
        await Assertions.Expect(opened.Page.Locator(".number")).ToBeVisibleAsync();
    }

    private async Task AssertUnavailableAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent([new("_handler", "submit"), new("index", "7")]);
        using var response = await system.Gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("temporarily unavailable", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task UntilFailedAsync(BrowserPage page, int index, bool javaScript)
    {
        if (!javaScript)
        {
            await Eventually.HoldsAsync($"index {index} has failed", async _ =>
            {
                await page.GotoAsync(page.Page.Url);
                return await page.Row(index).GetAttributeAsync("data-state") == "Failed";
            });
        }

        var reason = $"The worker's maximum index is {DurableSystemFixture.WorkersMaximum}.";
        await Assertions.Expect(page.Row(index)).ToContainTextAsync($"Index {index} failed: {reason}");
    }

    private static ILocator TryAgain(BrowserPage page, int index) =>
        page.Row(index).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Try again" });

    private Task<BrowserPage> OpenAsync(string path, bool javaScript = true) =>
        browser.OpenAsync(system.System.Address, path, javaScript);
}
