using System.Diagnostics;
using System.Globalization;
using System.Net;
using Fib.LocalSystem;
using Fib.LocalSystem.Events;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>An api uses few database connections for any number of event streams, and every stream receives its events.</summary>
[Trait(Category.Name, Category.System)]
public sealed class ConnectionsTests(ITestOutputHelper output)
{
    private const int MaxConnections = 10;

    /// <summary>FIB_STREAMS sets another number, for measurements.</summary>
    private static readonly int Streams =
        int.Parse(Environment.GetEnvironmentVariable("FIB_STREAMS") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public async Task EventStreams_OpenedConcurrently_ShareConnections()
    {
        await using var system = await RunningSystem.StartAsync(new SystemSettings(), CancellationToken.None);
        using var api = new HttpClient(new BackPressureHandler(new SocketsHttpHandler()));
        (api.BaseAddress, api.Timeout) = (system.Apis[0].Address, TimeSpan.FromMinutes(5));
        await system.Postgres.ExecuteAsync(
            "INSERT INTO submission (index) SELECT 7 FROM generate_series(1, 3000);"
            + " INSERT INTO outcome (index, digits, preview, computed_at) VALUES (7, 2, '13', now())",
            CancellationToken.None);
        foreach (var lastEventId in (string?[])[null, "2995", "1"])
        {
            var begun = Stopwatch.GetTimestamp();
            var streams = await Task.WhenAll(
                Enumerable.Range(0, Streams).Select(_ => EventStream.OpenAsync(api, lastEventId, "values/events")));
            using (var response = await api.PostJsonAsync("""{"index":8}""", "values"))
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Task.WhenAll(streams.Select(stream => stream.ReadUntilAsync("accepted", 8)));
            var (seconds, connections) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, await CountAsync(system));
            output.WriteLine($"{Streams} streams after {lastEventId ?? "now"}: {seconds:0.0} s, {connections} connections");
            Assert.InRange(await CountAsync(system), 1, MaxConnections);
            Array.ForEach(streams, stream => stream.Dispose());
        }
    }

    private static async Task<long> CountAsync(RunningSystem system)
    {
        await using var connection = await system.Postgres.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Fib.Api'";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
