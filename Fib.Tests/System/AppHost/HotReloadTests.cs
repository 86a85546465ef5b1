using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>Tests <c>./fib up --watch</c> in a copy of the repository, by edits of its files while a page is open.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class HotReloadTests(BrowserFixture browser)
{
    [Fact]
    public async Task Edit_StyleScriptPageAndService_TheOpenPageShowsIt()
    {
        var whyNot = await browser.WhyNotAsync();
        Assert.SkipUnless(whyNot.Length == 0, whyNot);
        using var copy = new TemporaryFolder("fib-copy-");
        await CopyRepositoryAsync(copy.Path);
        await using var host = await HostProcess.UpAsync(copy.Path, "--data", "none", "--watch");
        await using var page = await browser.OpenAsync(host.Gateway.BaseAddress!);
        await page.Field.WaitForAsync();

        await EditAsync(copy.Path, "Fib.Web/wwwroot/site.css", text => text + "\nh1 { letter-spacing: 7px; }\n");
        await page.ExpectAsync("h1", (shown, timeout) => shown.ToHaveCSSAsync("letter-spacing", "7px", new() { Timeout = timeout }));

        await EditAsync(copy.Path, "Fib.Web/wwwroot/js/site.js", text => text + "\ndocument.documentElement.dataset.edited = 'yes';\n");
        await page.ExpectAsync("html", (shown, timeout) => shown.ToHaveAttributeAsync("data-edited", "yes", new() { Timeout = timeout }));

        await ReplaceAsync(copy.Path, "Fib.Web/Components/Pages/Home.razor", "<h1>Fib Calculator</h1>", "<h1>Edited</h1>");
        await page.ExpectAsync("h1", (shown, timeout) => shown.ToHaveTextAsync("Edited", new() { Timeout = timeout }));

        await ReplaceAsync(copy.Path, "Fib.Api/Submissions/SubmissionsApi.cs", "The body is not JSON.", "The edited body is not JSON.");
        await Eventually.HoldsAsync("the api's rejection is edited", async token =>
        {
            using var response = await host.Gateway.PostJsonAsync("{");
            return (await response.Content.ReadAsStringAsync(token)).Contains("The edited body is not JSON.", StringComparison.Ordinal);
        });
    }

    private static async Task CopyRepositoryAsync(string folder)
    {
        var files = await new Command("git", "-C", Repository.Root, "ls-files", "--cached", "--others", "--exclude-standard").RunAsync();
        foreach (var file in files.Split('\n').Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder, file));
        }
    }

    private static Task ReplaceAsync(string folder, string file, string oldText, string newText) =>
        EditAsync(folder, file, text => text.Replace(oldText, newText, StringComparison.Ordinal));

    private static async Task EditAsync(string folder, string file, Func<string, string> edit)
    {
        var path = Path.Combine(folder, file);
        var before = await File.ReadAllTextAsync(path);
        var after = edit(before);
        Assert.NotEqual(before, after);
        await File.WriteAllTextAsync(path, after);
    }
}
