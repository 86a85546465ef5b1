using System.Net.Http.Json;
using Fib.LocalSystem;

namespace Fib.Bench.Page;

/// <summary>Many visitors at once: each loads the page and keeps a stream of events open while indexes are submitted.</summary>
internal static class Crowd
{
    private const int AtOnce = 20;
    private const int Submissions = 20;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    public static async Task<CrowdFigures> MeasureAsync(RunningSystem system, int pages, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = system.Gateway.Address, Timeout = Deadline };
        var visitors = Enumerable.Range(0, pages).Select(_ => new Visitor(http)).ToArray();
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(visitors, options, async (visitor, token) => await visitor.ArriveAsync(token));
            using var answer = await http.PostAsJsonAsync("/api/values/batch", new { indexes = Enumerable.Range(1_000, Submissions) }, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var heard = await Task.WhenAll(visitors.Select(visitor => visitor.HearAsync(Submissions, Deadline)));
            return new CrowdFigures(heard.Count(all => all), Memory.Read(system.Web.Process), Memory.Read(system.Apis[0].Process), Memory.Read(system.Gateway.Process));
        }
        finally
        {
            foreach (var visitor in visitors)
                visitor.Dispose();
        }
    }
}
