namespace Fib.Bench.Web;

/// <summary>One measured workload, which is one line of the report.</summary>
/// <param name="Name">Its name on the command line, after <c>only</c>.</param>
/// <param name="Title">Its title in the report.</param>
/// <param name="Nginx">The goal behind nginx; null if there is none.</param>
/// <param name="Yarp">The goal behind YARP; null if there is none.</param>
/// <param name="Rows">The number of submissions stored before each run.</param>
/// <param name="Keys">The number of distinct indexes among them.</param>
/// <param name="Run">Measures one target once.</param>
internal sealed record Workload(
    string Name, string Title, Goal? Nginx, Goal? Yarp, int Rows, int Keys,
    Func<Target, TimeSpan, CancellationToken, Task<Figure>> Run)
{
    private const string Post = "bench/Fib.Bench/Web/post.lua";

    /// <summary>
    /// At least this long for 100,000 rows: requests that have not ended at the end of a run do not count, and Express needs seconds for
    /// one.
    /// </summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(20);

    /// <summary>The workloads of <c>--quick</c>: the shortest whose ratios a change of a route would move.</summary>
    public static IReadOnlyList<string> Quick { get; } = ["post", "all-10", "current-41", "visible"];

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("post", "POST, durable before the answer", new(8, P99: 5), new(6, P99: 6), 1_000, 41,
            (target, duration, token) => LoadAsync(target, "values", Post, duration, token)),
        new("all-10", "GET values/all, 10 rows", new(7, P99: 3), new(5), 10, 10,
            (target, duration, token) => LoadAsync(target, "values/all", null, duration, token)),
        new("all-100000", "GET values/all, 100,000 rows", new(68), new(51), 100_000, 41,
            (target, duration, token) => LoadAsync(target, "values/all", null, duration, token)) { MinDuration = LongRun },
        new("all-writing", "the same during 100 submissions per second", new(66), new(50), 100_000, 41, ReadsDuringSubmissions.LoadAsync)
        {
            MinDuration = LongRun,
        },
        new("current-41", "GET values/current, 41 keys", new(7, P99: 3), new(5), 41, 41,
            (target, duration, token) => LoadAsync(target, "values/current", null, duration, token)),
        new("current-10002", "GET values/current, 10,002 keys", new(55), new(39), 10_002, 10_002,
            (target, duration, token) => LoadAsync(target, "values/current", null, duration, token)),
        new("visible", "submit until an open page has the term, idle", new(1, ComparesP99: true), new(1), 41, 41,
            (target, _, token) => Visibility.MeasureEventsAsync(target, token)),
        new("polled", "submit until values/current has the term, idle", null, null, 41, 41,
            (target, _, token) => Visibility.MeasurePollingAsync(target, token)),
        new("start", "cold start until the first 200", new(2), null, 41, 41,
            (target, _, token) => ColdStart.MeasureAsync(target, token)),
    ];

    /// <summary>The shortest run that measures this workload fairly.</summary>
    public TimeSpan MinDuration { get; init; }

    /// <summary>Measures one target once.</summary>
    public Task<Figure> RunAsync(Target target, TimeSpan duration, CancellationToken cancellationToken) =>
        Run(target, duration > MinDuration ? duration : MinDuration, cancellationToken);

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
