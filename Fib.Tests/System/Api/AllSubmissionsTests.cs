using System.Net;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class AllSubmissionsTests(SystemFixture system)
{
    private const string Path = "/api/values/all";

    [Fact]
    public async Task Get_AfterSubmissions_ListsThemOldestFirstWithRepeats()
    {
        var (first, second) = (system.NextIndex(), system.NextIndex());
        foreach (var index in (int[])[second, first, second])
            await system.Gateway.SubmitAsync(index);

        var text = await system.Gateway.GetStringAsync(Path);
        Assert.EndsWith($$"""{"number":{{second}}},{"number":{{first}}},{"number":{{second}}}]""", text, StringComparison.Ordinal);
        Assert.StartsWith("""[{"number":""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithItsETag_Is304UntilTheNextSubmission()
    {
        await system.Gateway.SubmitAsync(7);
        using var first = await system.Gateway.GetAsync(Path);
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);

        using (var same = await GetAsync(tag))
        {
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
            Assert.Equal(tag, same.Headers.ETag?.ToString());
            Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        }

        await system.Gateway.SubmitAsync(8);
        using var changed = await GetAsync(tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"other\", {0}")]
    [InlineData("W/{0}")]
    public async Task Get_WithAnyMatchingETag_Is304(string pattern)
    {
        await system.Gateway.SubmitAsync(7);
        using var first = await system.Gateway.GetAsync(Path);
        using var same = await GetAsync(pattern.Replace("{0}", first.Headers.ETag!.ToString(), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task Get_WithAnotherETag_IsTheWholeList()
    {
        using var response = await GetAsync("\"other\"");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await system.Gateway.SendAsync(request);
    }
}
