using System.Text.Json;
using Fib.Tests.Support;
using Fib.Tests.Web.Terms;

namespace Fib.Tests.Browser;

/// <summary>The field's grammar as the browser reads it: the same samples as on the server.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class EntriesTests(SystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Read = "async text => { const { readEntries } = await import('/js/entries.js'); return JSON.stringify(readEntries(text)); }";

    [Fact]
    public async Task ReadEntries_EverySample_IsReadAsOnTheServer()
    {
        await using var page = await browser.OpenAsync(system.System.Address);
        foreach (var sample in EntrySamples.All)
        {
            var read = JsonSerializer.Deserialize<JsonElement>(await page.Page.EvaluateAsync<string>(Read, sample.Text));
            var indexes = string.Join(',', read.GetProperty("indexes").EnumerateArray().Select(index => index.GetString()));
            var wrong = read.TryGetProperty("wrong", out var said) ? said.GetString() : null;
            Assert.Equal((sample.Text, sample.Indexes ?? "", sample.Wrong), (sample.Text, indexes, wrong));
        }
    }
}
