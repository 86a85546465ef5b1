using System.Text.Json;
using Fib.Tests.Support;
using Fib.Tests.Unit.Web.Submissions;

namespace Fib.Tests.System.Page;

/// <summary>Tests that the browser parses the text of the field as the server does, by the same samples.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class EntriesTests(SystemFixture system, BrowserFixture browser)
{
    private const string Parse = "async text => JSON.stringify((await import('/js/entries.js')).parseEntries(text))";

    [Fact]
    public async Task ParseEntries_EverySample_IsParsedAsOnTheServer()
    {
        await using var page = await browser.OpenAsync(system.System.Address);
        foreach (var sample in EntrySamples.All)
        {
            var parsed = JsonSerializer.Deserialize<JsonElement>(await page.Page.EvaluateAsync<string>(Parse, sample.Text));
            var indexes = string.Join(',', parsed.GetProperty("indexes").EnumerateArray().Select(index => index.GetString()));
            var error = parsed.TryGetProperty("error", out var text) ? text.GetString() : null;
            Assert.Equal((sample.Text, sample.Indexes ?? "", sample.Error), (sample.Text, indexes, error));
        }
    }
}
