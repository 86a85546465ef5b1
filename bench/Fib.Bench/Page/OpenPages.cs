using System.Net.Http.Json;
using Fib.LocalSystem;

namespace Fib.Bench.Page;

/// <summary>The result of many concurrently open pages.</summary>
/// <param name="Complete">The number of pages that received every term.</param>
/// <param name="Web">The memory of the web.</param>
/// <param name="Api">The memory of the api.</param>
/// <param name="Gateway">The memory of the gateway.</param>
internal sealed record OpenPagesResult(int Complete, MemoryUsage Web, MemoryUsage Api, MemoryUsage Gateway);

/// <summary>Opens many pages, each with an event stream, and submits indexes while they are open.</summary>
internal static class OpenPages
{
    private const int MaxConcurrentLoads = 20;
    private const int Submissions = 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    public static async Task<OpenPagesResult> MeasureAsync(RunningSystem system, int count, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = system.Gateway.Address, Timeout = Timeout };
        var pages = Enumerable.Range(0, count).Select(_ => new OpenPage(http)).ToArray();
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentLoads, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(pages, options, async (page, token) => await page.LoadAsync(token));
            var batch = new { indexes = Enumerable.Range(1_000, Submissions) };
            using var response = await http.PostAsJsonAsync("/api/values/batch", batch, cancellationToken);
            response.EnsureSuccessStatusCode();
            var complete = await Task.WhenAll(pages.Select(page => page.ReceiveAsync(Submissions, Timeout)));
            return new OpenPagesResult(
                complete.Count(all => all),
                MemoryUsage.Read(system.Web.Process), MemoryUsage.Read(system.Apis[0].Process), MemoryUsage.Read(system.Gateway.Process));
        }
        finally
        {
            foreach (var page in pages)
                page.Dispose();
        }
    }
}
