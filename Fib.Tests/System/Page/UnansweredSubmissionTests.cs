using System.Globalization;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests that the page sends each submission until the api has answered it.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class UnansweredSubmissionTests(SystemFixture system, BrowserFixture browser)
{
    private const string TooHigh = "100000001";

    [Fact]
    public async Task Submit_AnotherIndexBeforeTheAnswer503_StoresBoth()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await using var page = await OpenAsync();
        var release = await page.HoldSubmissionAsync(route => route.FulfillAsync(new() { Status = 503 }));
        await page.SubmitAsync(Text(index));
        await page.SubmitAsync(Text(other));
        await page.Line(other).WaitForAsync();
        await Assertions.Expect(page.Field).ToHaveValueAsync("");

        release.SetResult();
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Page.Locator("#notice")).ToBeHiddenAsync();
        await Assertions.Expect(page.Page.Locator("#submit .field")).Not.ToHaveAttributeAsync("aria-busy", "true");
        var all = await system.Gateway.GetAllAsync();
        Assert.Single(all, index);
        Assert.Single(all, other);
    }

    [Fact]
    public async Task Submit_AnotherIndexBeforeTheRejection_ShowsTheReasonWithTheRejectedIndex()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.SubmitAsync(TooHigh);
        await page.SubmitAsync(Text(index));
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} is calculated.");

        release.SetResult();
        await Assertions.Expect(page.Reason).ToHaveTextAsync($"Index too high: {TooHigh}");
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} is calculated.");
        await Assertions.Expect(page.Field).Not.ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_UnreadableAnswer_IsSentAgainAndStoredOnce(bool isStored)
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        var release = await page.HoldSubmissionAsync(async route =>
        {
            var answer = isStored ? await (await route.FetchAsync()).TextAsync() : "<!doctype html><title>Proxy</title>";
            await route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = answer[..^2] });
        });
        release.SetResult();
        await page.SubmitAsync(Text(index));
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync($"Index {index} is calculated.");
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Page.Locator("#submit .field")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        Assert.Single(await system.Gateway.GetAllAsync(), index);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Leave_WithAnUnsentSubmission_IsConfirmed()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        var confirmations = new List<string>();
        page.Page.Dialog += async (_, dialog) =>
        {
            confirmations.Add(dialog.Type);
            await dialog.DismissAsync();
        };
        var release = await page.HoldSubmissionAsync(route => route.FulfillAsync(
            new() { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "600" } }));
        release.SetResult();
        await page.SubmitAsync(Text(index));
        await Assertions.Expect(page.Page.Locator("#notice")).ToContainTextAsync("kept here");
        await page.Page.EvaluateAsync("location.reload()");
        await Eventually.HoldsAsync("the confirmation", _ => Task.FromResult(confirmations.Count > 0));
        Assert.Equal(DialogType.BeforeUnload, Assert.Single(confirmations));

        // Sends it at once.
        await page.SubmitAsync(Text(index));
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Page.Locator("#notice")).ToBeHiddenAsync();
        await page.ReloadAsync();
        Assert.Single(confirmations);
        Assert.Single(await system.Gateway.GetAllAsync(), index);
    }

    private Task<BrowserPage> OpenAsync() => browser.OpenAsync(system.System.Address, "/");

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
