using System.Diagnostics;
using Fib.LocalSystem;
using Fib.LocalSystem.Events;
using Npgsql;

namespace Fib.Bench.Web;

/// <summary>The result of many open pages that reconnect at once.</summary>
/// <param name="Served">The times from the reconnection until the first event of each served page.</param>
/// <param name="Last">The longest of them in milliseconds.</param>
/// <param name="Rejected">The number of requests that got an error instead of an event stream.</param>
/// <param name="Connections">The maximum number of the api's PostgreSQL connections meanwhile.</param>
internal sealed record ReconnectionResult(Figure Served, double Last, int Rejected, long Connections);

/// <summary>Opens 1,000 event streams, closes all of them, and opens them again at once, each with the id of its last event.</summary>
internal static class Reconnection
{
    /// <summary>The number of open pages.</summary>
    public const int Pages = 1_000;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The target has at least one stored submission, so that a stream after its beginning has an event immediately.</summary>
    public static async Task<ReconnectionResult> MeasureAsync(Target target, RunningSystem system, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var path = target.At("values/events").ToString();
        var begun = Stopwatch.GetTimestamp();
        var open = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => OpenAsync()));
        Array.ForEach(open, page => page.Stream?.Dispose());

        using var sampled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connections = CountConnectionsAsync(system, sampled.Token);
        begun = Stopwatch.GetTimestamp();
        var pages = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => OpenAsync()));
        await sampled.CancelAsync();
        Array.ForEach(pages, page => page.Stream?.Dispose());
        double[] served = [.. pages.Where(page => page.Stream is not null).Select(page => page.Milliseconds)];
        return new ReconnectionResult(
            Figure.OfTimes(served), served.DefaultIfEmpty(double.NaN).Max(), pages.Length - served.Length, await connections);

        async Task<(EventStream? Stream, double Milliseconds)> OpenAsync()
        {
            try
            {
                var stream = await EventStream.OpenAsync(client, "1", path, cancellationToken);
                await stream.ReadAsync(cancellationToken: cancellationToken);
                return (stream, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            catch (HttpRequestException)
            {
                return (null, 0);
            }
        }
    }

    private static async Task<long> CountConnectionsAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        await using var connection = await system.Postgres.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Fib.Api'", connection);
        var maximum = 0L;
        using var timer = new PeriodicTimer(SampleInterval);
        do
            maximum = Math.Max(maximum, (long)(await command.ExecuteScalarAsync(CancellationToken.None))!);
        while (!cancellationToken.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None));
        return maximum;
    }
}
