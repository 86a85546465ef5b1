using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fib.AppHost;
using Fib.Core.Sequence;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Terms of two million digits, from the engine through Redis to the browser.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class LargeTermTests(SystemFixture system)
{
    private const int Largest = SequenceIndex.DefaultMaximum;
    private const string Address = "/api/values/10000000";

    [Fact]
    public async Task LargestIndex_IsServedWholeAndInRanges()
    {
        var digits = TermEngine.Compute(Largest);
        await system.Gateway.ComputeAsync(Largest);
        await system.Gateway.GetDigitsAsync(Largest);

        Assert.Equal(digits, await system.Gateway.GetByteArrayAsync(Address));
        Assert.Equal(Encoding.ASCII.GetString(digits, 1_500_000, 100), await GetPartAsync(1_500_000, 1_500_099));
        using var head = await system.Gateway.SendAsync(new HttpRequestMessage(HttpMethod.Head, Address));
        Assert.Equal(digits.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task MoreLargeTermsThanTheCacheHolds_AreAllServed()
    {
        int[] indexes = [Largest - 1, Largest - 2, Largest - 3, Largest - 4, Largest - 5];
        foreach (var index in indexes)
            await system.Gateway.ComputeAsync(index);

        // The first term was evicted for the last; a request recomputes it.
        foreach (var index in indexes)
            Assert.Equal(TermEngine.CountDigits(index), (await system.Gateway.GetDigitsAsync(index)).Length);
    }

    [Fact]
    public async Task SmallIndexQueuedAfterLargeOnes_DoesNotWaitForAll()
    {
        int[] large = [.. Enumerable.Range(Largest - 100, 80)];
        var small = system.NextIndex();
        // While no worker runs, all entries are queued before the first is delivered.
        await system.System.StopAsync(ResourceNames.Worker);
        foreach (var index in large)
            await system.Gateway.SubmitAsync(index);
        await system.Gateway.SubmitAsync(small);
        await system.System.StartAsync(ResourceNames.Worker);

        Assert.Equal(Fibonacci.Term(small), await system.Gateway.UntilComputedAsync(small));
        foreach (var index in large)
            await system.Gateway.UntilComputedAsync(index);

        var end = await GetComputedAtAsync(small);
        var overtaken = (await Task.WhenAll(large.Select(GetComputedAtAsync))).Count(largeEnd => largeEnd > end);
        Assert.InRange(overtaken, large.Length / 2, large.Length);
    }

    private async Task<DateTime> GetComputedAtAsync(int index) =>
        (await system.Gateway.GetNewestAsync(index)).GetProperty("computedAt").GetDateTime();

    private async Task<string> GetPartAsync(long from, long to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.Range = new RangeHeaderValue(from, to);
        using var response = await system.Gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
