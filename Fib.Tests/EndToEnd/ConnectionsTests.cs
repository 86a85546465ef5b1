using System.Diagnostics;
using System.Globalization;
using System.Net;
using Fib.LocalSystem;
using Fib.LocalSystem.Events;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>However many streams open at once, an api takes few connections of the database, and every stream gets its events.</summary>
[Trait(Category.Name, Category.System)]
public sealed class ConnectionsTests(ITestOutputHelper output)
{
    private const int MaxConnections = 10;

    /// <summary>FIB_STREAMS opens more, for a measured run.</summary>
    private static readonly int Streams = int.Parse(Environment.GetEnvironmentVariable("FIB_STREAMS") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public async Task EventStreamsThatOpenAtOnce_ShareTheConnections()
    {
        await using var system = await RunningSystem.StartAsync(new SystemSettings(), CancellationToken.None);
        using var api = new HttpClient(new BackPressureHandler(new SocketsHttpHandler())) { BaseAddress = system.Apis[0].Address, Timeout = TimeSpan.FromMinutes(5) };
        await system.Postgres.ExecuteAsync(
            "INSERT INTO submission (index) SELECT 7 FROM generate_series(1, 3000); INSERT INTO outcome (index, digits, preview, computed_at) VALUES (7, 2, '13', now())",
            CancellationToken.None);
        foreach (var last in (int?[])[null, 2_995, 1])
        {
            var begun = Stopwatch.GetTimestamp();
            var streams = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => EventStream.OpenAsync(api, last?.ToString(CultureInfo.InvariantCulture), "values/events")));
            using (var answer = await api.PostJsonAsync("""{"index":8}""", "values"))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await Task.WhenAll(streams.Select(stream => stream.ReadUntilAsync("accepted", 8)));
            output.WriteLine($"{Streams} streams after {last?.ToString(CultureInfo.InvariantCulture) ?? "now"}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s, {await CountAsync(system)} connections");
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
