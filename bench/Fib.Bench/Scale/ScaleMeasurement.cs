using System.Diagnostics;
using System.Net.Http.Json;
using Fib.Bench.Web;
using Fib.LocalSystem;
using Fib.LocalSystem.Events;
using Npgsql;

namespace Fib.Bench.Scale;

/// <summary>The submissions of several apis with one PostgreSQL.</summary>
/// <param name="Apis">The number of apis.</param>
/// <param name="Post">The rate, the times and the processor time of each process per submission.</param>
/// <param name="Commits">The transactions of PostgreSQL per second.</param>
/// <param name="LockWait">How long a transaction waits for the event lock on average, in milliseconds.</param>
internal sealed record ScaleStep(int Apis, Figure Post, double Commits, double LockWait);

/// <summary>The processor time of open pages, per event and page in microseconds.</summary>
/// <param name="Pages">The number of open pages.</param>
/// <param name="Cost">The processor time by process name.</param>
internal sealed record OpenPagesCost(int Pages, IReadOnlyDictionary<string, double> Cost);

/// <summary>Measures what more apis and more open pages cost. Each step has a system of its own, behind the bundle's nginx.</summary>
internal sealed class ScaleMeasurement(MeasuredBundle bundle, string programs, TimeSpan duration)
{
    private const int Pages = 1_000;
    private const int FirstIndex = 1_000;
    private const int Submissions = 100;

    private const string ReadCounters = """
        SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),
               (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)
        """;

    // Reading the locks blocks them all for a moment.
    private static readonly TimeSpan SamplingInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Submits through a number of apis, with wrk.</summary>
    public async Task<ScaleStep> MeasureSubmissionsAsync(int apis, CancellationToken cancellationToken)
    {
        await using var fib = await StartAsync(apis, cancellationToken);
        var post = Workload.All.Single(workload => workload.Name == "post");
        await fib.Nginx.Seed(post.Rows, post.Keys, cancellationToken);
        await post.RunAsync(fib.Nginx, duration, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampling = SampleAsync(fib.System, ended.Token);
        var figure = await post.RunAsync(fib.Nginx, duration, cancellationToken);
        await ended.CancelAsync();
        var (commits, waiting) = await sampling;
        return new ScaleStep(apis, figure, commits, waiting / commits * 1_000);
    }

    /// <summary>Opens many event streams at one api and submits while they are open.</summary>
    public async Task<OpenPagesCost> MeasureOpenPagesAsync(CancellationToken cancellationToken)
    {
        await using var fib = await StartAsync(1, cancellationToken);
        using var http = new HttpClient(new BackPressureHandler(new SocketsHttpHandler())) { BaseAddress = fib.Nginx.Address };
        var streams = new List<EventStream>();
        while (streams.Count < Pages)
            streams.Add(await EventStream.OpenAsync(http, cancellationToken: cancellationToken));

        var before = ProcessCosts.ReadTimes(fib.Nginx.Processes);
        for (var index = FirstIndex; index < FirstIndex + Submissions; index++)
        {
            using var response = await http.PostAsJsonAsync("api/values", new { index }, cancellationToken);
            response.EnsureSuccessStatusCode();
            await Task.WhenAll(streams.Select(stream => stream.ReadUntilAsync("computed", index, cancellationToken)));
        }

        var after = ProcessCosts.ReadTimes(fib.Nginx.Processes);
        streams.ForEach(stream => stream.Dispose());
        // Each submission is two events: accepted and computed.
        return new OpenPagesCost(
            Pages, after.ToDictionary(time => time.Key, time => (time.Value - before[time.Key]) / (2.0 * Submissions * Pages)));
    }

    private Task<FibTargets> StartAsync(int apis, CancellationToken cancellationToken) =>
        FibTargets.StartAsync(
            bundle, new SystemSettings { Apis = apis, Programs = programs, Variables = bundle.FindVariables }, cancellationToken);

    /// <summary>The transactions per second, and the average number of transactions that wait for the event lock.</summary>
    private static async Task<(double Commits, double Waiting)> SampleAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        await using var connection = await system.Postgres.OpenAsync(CancellationToken.None);
        var (startedAt, first, last, waiting, samples) = (Stopwatch.GetTimestamp(), -1L, 0L, 0L, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(ReadCounters, connection);
            await using (var row = await command.ExecuteReaderAsync(CancellationToken.None))
            {
                await row.ReadAsync(CancellationToken.None);
                (last, waiting, samples) = (row.GetInt64(0), waiting + row.GetInt64(1), samples + 1);
                first = first < 0 ? last : first;
            }

            await Task.Delay(SamplingInterval, CancellationToken.None);
        }

        return ((last - first) / Stopwatch.GetElapsedTime(startedAt).TotalSeconds, (double)waiting / samples);
    }
}
