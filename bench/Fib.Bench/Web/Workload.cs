namespace Fib.Bench.Web;

/// <summary>One measured workload, which is one line of the report.</summary>
/// <param name="Name">Its name on the command line, after <c>only</c>.</param>
/// <param name="Title">Its title in the report.</param>
/// <param name="Goal">The goal of the project, in words.</param>
/// <param name="Rows">The number of submissions stored before each run.</param>
/// <param name="Keys">The number of distinct indexes among them.</param>
/// <param name="RunAsync">Measures one target once.</param>
internal sealed record Workload(
    string Name, string Title, string Goal, int Rows, int Keys,
    Func<Target, TimeSpan, CancellationToken, Task<Figure>> RunAsync)
{
    private const string Post = "bench/Fib.Bench/Web/post.lua";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("post", "POST, durable before the answer", ">= 5x, p99 <= 10 ms", 1_000, 41,
            (target, duration, token) => LoadAsync(target, "values", Post, duration, token)),
        new("all-10", "GET values/all, 10 rows", ">= 8x, p99 <= 5 ms", 10, 10,
            (target, duration, token) => LoadAsync(target, "values/all", null, duration, token)),
        new("all-100000", "GET values/all, 100,000 rows", ">= 25x", 100_000, 41,
            (target, duration, token) => LoadAsync(target, "values/all", null, duration, token)),
        new("all-writing", "the same during 100 submissions per second", ">= 15x", 100_000, 41, ReadsDuringSubmissions.LoadAsync),
        new("current-41", "GET values/current, 41 keys", ">= 5x", 41, 41,
            (target, duration, token) => LoadAsync(target, "values/current", null, duration, token)),
        new("current-10002", "GET values/current, 10,002 keys", ">= 20x", 10_002, 10_002,
            (target, duration, token) => LoadAsync(target, "values/current", null, duration, token)),
        new("visible", "submit until an open page has the term, idle", "p50 <= 1.3 ms, p99 <= 6 ms", 41, 41,
            (target, _, token) => Visibility.MeasureEventsAsync(target, token)),
        new("asked", "submit until values/current has the term, idle", "", 41, 41,
            (target, _, token) => Visibility.MeasurePollingAsync(target, token)),
        new("start", "cold start until the first 200", ">= 1/1.5x", 41, 41, (target, _, token) => ColdStart.MeasureAsync(target, token)),
    ];

    /// <summary>Requests one path as fast as 32 connections can, and measures the processor time per request.</summary>
    public static async Task<Figure> LoadAsync(
        Target target, string path, string? script, TimeSpan duration, CancellationToken cancellationToken)
    {
        var before = ProcessCosts.ReadTimes(target.Processes);
        var (figure, requests) = await Wrk.RunAsync(target.At(path), script, duration, cancellationToken);
        var after = ProcessCosts.ReadTimes(target.Processes);
        var cost = after.ToDictionary(time => time.Key, time => (time.Value - before.GetValueOrDefault(time.Key)) / requests);
        return figure with { Cost = cost };
    }
}
