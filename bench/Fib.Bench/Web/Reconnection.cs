using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Until the api has noticed that the streams are closed.</summary>
    private static readonly TimeSpan ClosePause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Each page has missed one event, which its stream delivers immediately; the target has stored submissions.</summary>
    public static async Task<ReconnectionResult> MeasureAsync(Target target, RunningSystem system, CancellationToken cancellationToken)
    {
        // A closed stream is not read to its end.
        using var handler = new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero };
        using var client = new HttpClient(handler);
        var path = target.At("values/events").ToString();
        var missed = await ReadAsync(system, "SELECT last_value FROM fib_event");
        var lastEventId = (missed - 1).ToString(CultureInfo.InvariantCulture);
        var begun = Stopwatch.GetTimestamp();
        var open = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => OpenAsync()));
        Array.ForEach(open, page => page.Stream?.Dispose());
        await Task.Delay(ClosePause, cancellationToken);

        using var sampled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connections = CountConnectionsAsync(system, sampled.Token);
        begun = Stopwatch.GetTimestamp();
        var pages = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => OpenAsync()));
        await sampled.CancelAsync();
        Array.ForEach(pages, page => page.Stream?.Dispose());
        var served = pages.Where(page => page.Stream is not null).Select(page => page.Milliseconds).DefaultIfEmpty(double.NaN).ToArray();
        return new ReconnectionResult(
            Figure.OfTimes(served), served.Max(), pages.Count(page => page.Stream is null), await connections);

        async Task<(EventStream? Stream, double Milliseconds)> OpenAsync()
        {
            try
            {
                var stream = await EventStream.OpenAsync(client, lastEventId, path, cancellationToken);
                await stream.ReadAsync(cancellationToken: cancellationToken);
                return (stream, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                return (null, 0);
            }
        }
    }

    private static async Task<long> CountConnectionsAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        var maximum = 0L;
        using var timer = new PeriodicTimer(SampleInterval);
        do
            maximum = Math.Max(
                maximum, await ReadAsync(system, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Fib.Api'"));
        while (!cancellationToken.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None));
        return maximum;
    }

    private static async Task<long> ReadAsync(RunningSystem system, string query)
    {
        await using var connection = await system.Postgres.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(query, connection);
        return (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }
}
