using System.Globalization;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the form: its texts and their outcomes.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class SubmitFormTests(SystemFixture system, BrowserFixture browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_AListWithARange_ShowsEachOfThem(bool javaScript)
    {
        var indexes = Enumerable.Range(0, 4).Select(_ => system.NextIndex()).ToArray();
        await using var page = await OpenAsync(javaScript);
        await page.SubmitAsync($"{indexes[0]}, {indexes[1]}-{indexes[3]}");
        await Assertions.Expect(page.SubmitStatus).ToHaveTextAsync(javaScript ? "4 indexes are calculated." : "4 indexes were accepted.");
        foreach (var (index, position) in indexes.Reverse().Select((index, position) => (index, position)))
            await Assertions.Expect(page.Seen.Nth(position)).ToHaveTextAsync(index.ToString(CultureInfo.InvariantCulture));
        foreach (var index in indexes)
            await UntilShownAsync(page, index, javaScript);
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_SomeTooHigh_KeepsTheRejectedInTheField(bool javaScript)
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync(javaScript);
        await page.SubmitAsync($"10000001, {index}, 10000002");
        await Assertions.Expect(page.Reason).ToHaveTextAsync("Index too high: 10000001, 10000002");
        await Assertions.Expect(page.SubmitStatus).Not.ToBeEmptyAsync();
        await Assertions.Expect(page.Field).ToHaveValueAsync("10000001, 10000002");
        await Assertions.Expect(page.Seen.First).ToHaveTextAsync(index.ToString(CultureInfo.InvariantCulture));
        if (javaScript)
            Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Submit_InvalidText_SendsNoRequest()
    {
        await using var page = await OpenAsync();
        var requests = new List<string>();
        page.Page.Request += (_, request) => requests.Add(request.Method);
        await page.SubmitAsync("30-20");
        await Assertions.Expect(page.Reason).ToHaveTextAsync("30-20 is in the wrong order: write 20-30.");
        await Assertions.Expect(page.Field).ToBeFocusedAsync();
        await Assertions.Expect(page.Field).ToHaveValueAsync("30-20");
        Assert.DoesNotContain("POST", requests);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Submit_BeforeTheApiAnswers_IsShownAsPending()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.SubmitAsync(index.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Row(index)).ToContainTextAsync("is being calculated");
        await Assertions.Expect(page.Row(index)).ToContainTextAsync("Pending");

        release.SetResult();
        await page.Line(index).WaitForAsync();
        Assert.Equal(1, await page.Page.Locator($"#seen [data-index='{index}']").CountAsync());
    }

    [Fact]
    public async Task Submit_AnsweredWhenAnotherFieldHasTheFocus_KeepsIt()
    {
        await using var page = await OpenAsync();
        var release = await page.HoldSubmissionAsync(route => route.ContinueAsync());
        await page.SubmitAsync(system.NextIndex().ToString(CultureInfo.InvariantCulture));
        await page.Page.Locator("#filter").FocusAsync();

        release.SetResult();
        await Assertions.Expect(page.Field).ToHaveValueAsync("");
        await Assertions.Expect(page.Page.Locator("#filter")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_ADoubleClick_IsOneSubmission(bool javaScript)
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync(javaScript);
        await page.Field.FillAsync(index.ToString(CultureInfo.InvariantCulture));
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Submit" }).DblClickAsync();
        await Assertions.Expect(page.SubmitStatus).Not.ToBeEmptyAsync();
        await UntilShownAsync(page, index, javaScript);
        Assert.Single(await system.Gateway.GetAllAsync(), index);
    }

    [Fact]
    public async Task Submit_TheSameFormAgain_IsOneSubmissionPerIndex()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await using var page = await OpenAsync(javaScript: false);
        var form = await page.Page.Locator("#submit input[name=key]").GetAttributeAsync("value");
        foreach (var submitted in (int[])[index, index, other])
        {
            var fields = page.Page.APIRequest.CreateFormData().Set("_handler", "submit").Set("key", form!).Set("index", submitted);
            var response = await page.Page.APIRequest.PostAsync("/", new() { Form = fields, MaxRedirects = 0 });
            Assert.Equal((303, "/?accepted=1"), (response.Status, response.Headers["location"]));
        }

        var all = await system.Gateway.GetAllAsync();
        Assert.Single(all, index);
        Assert.Single(all, other);
    }

    [Fact]
    public async Task Submit_WithTheKeyboardOnly_ShowsTheTerm()
    {
        var index = system.NextIndex();
        await using var page = await OpenAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.GetByText("Skip to content")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Field).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync(index.ToString(CultureInfo.InvariantCulture));
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Line(index).WaitForAsync();
        await Assertions.Expect(page.Field).ToBeFocusedAsync();
    }

    private async Task UntilShownAsync(BrowserPage page, int index, bool javaScript)
    {
        if (!javaScript)
        {
            await system.Gateway.UntilComputedAsync(index);
            await page.GotoAsync("/");
        }

        await page.Line(index).WaitForAsync();
    }

    private Task<BrowserPage> OpenAsync(bool javaScript = true) => browser.OpenAsync(system.System.Address, "/", javaScript);
}
