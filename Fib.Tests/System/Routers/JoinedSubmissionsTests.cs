using System.Net;
using Fib.Core.Contracts;
using Fib.Tests.Support;

namespace Fib.Tests.System.Routers;

/// <summary>Many submissions at once, which the gateway sends to the api in batches.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class JoinedSubmissionsTests(SystemFixture system)
{
    [Fact]
    public async Task Post_Concurrent_EachReceivesItsOwnAnswer()
    {
        var before = await system.Gateway.GetAllAsync();
        var indexes = Enumerable.Range(0, 200).Select(_ => system.NextIndex()).ToArray();
        var rejected = indexes.Select((_, n) => n % 3 == 0 ? AssertTooHighAsync("10000001") : AssertMalformedAsync(n));
        await Task.WhenAll([.. indexes.Select(AssertStoredAsync), .. rejected]);
        var after = await system.Gateway.GetAllAsync();
        Assert.Equal(before, after[..before.Length]);
        // On a busy machine the client repeats those that were answered with 503, which may be stored.
        Assert.Equal(indexes, after[before.Length..].Distinct().Order());
    }

    private async Task AssertStoredAsync(int index)
    {
        using var response = await system.Gateway.PostJsonAsync($$"""{"index":"{{index}}"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(true, response.Headers.TransferEncodingChunked);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"working":true}""", await response.Content.ReadAsStringAsync());
    }

    private async Task AssertTooHighAsync(string index)
    {
        using var response = await system.Gateway.PostJsonAsync($$"""{"index":{{index}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(SubmissionRules.TooHigh, await response.Content.ReadAsStringAsync());
    }

    private async Task AssertMalformedAsync(int n)
    {
        using var response = await system.Gateway.PostJsonAsync(n % 2 == 0 ? """{"index":"x"}""" : "x");
        await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response);
    }
}
