using System.Diagnostics;
using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.System.Api;

/// <summary>An api uses few database connections for any number of event streams, and every stream receives its events.</summary>
[Trait(Category.Name, Category.System)]
public sealed class ConnectionsTests(ITestOutputHelper output)
{
    private const int MaxConnections = 10;

    /// <summary>FIB_STREAMS sets another number, more than 100, for measurements.</summary>
    private static readonly int Streams =
        int.Parse(Environment.GetEnvironmentVariable("FIB_STREAMS") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public async Task EventStreams_OpenedConcurrently_ShareConnectionsAndReceiveNoPreview()
    {
        await using var system = await FibSystem.StartAsync(["--Data=none"]);
        using var service = system.CreateClient(ResourceNames.Api);
        using var api = new HttpClient(new BackPressureHandler(new SocketsHttpHandler()));
        (api.BaseAddress, api.Timeout) = (service.BaseAddress, TimeSpan.FromMinutes(5));
        await using var database = NpgsqlDataSource.Create(await system.GetConnectionStringAsync(ResourceNames.Database));
        await using (var fill = database.CreateCommand(
            "INSERT INTO submission (index) SELECT 7 FROM generate_series(1, 3000);"
            + " INSERT INTO outcome (index, digits, preview, computed_at) VALUES (7, 2, '13', now())"))
            await fill.ExecuteNonQueryAsync();
        foreach (var (lastEventId, index) in ((string?, int)[])[(null, 8), ("2995", 9), ("1", 10)])
        {
            var begun = Stopwatch.GetTimestamp();
            var streams = await Task.WhenAll(
                Enumerable.Range(0, Streams).Select(_ => EventStream.OpenAsync(api, lastEventId, "values/events")));
            using (var response = await api.PostJsonAsync($$"""{"index":{{index}}}""", "values"))
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var read = await Task.WhenAll(streams.Select(stream => ReadTypesAsync(api, stream, lastEventId, index)));
            Assert.DoesNotContain("preview", read.SelectMany(stream => stream.Types));
            var (seconds, connections) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, await CountAsync(database));
            output.WriteLine($"{Streams} streams after {lastEventId ?? "now"}: {seconds:0.0} s, {connections} connections");
            Assert.InRange(connections, 1, MaxConnections);
            Array.ForEach(read, stream => stream.Stream.Dispose());
        }
    }

    [Fact]
    public async Task EventStreams_MoreThanFitTheHeap_AreRejectedUntilOthersEnd()
    {
        // The heap of a container of 64 MiB.
        await using var system = await FibSystem.StartAsync(
            ["--Data=none"], service => service == ResourceNames.Api ? new() { ["DOTNET_GCHeapHardLimit"] = "2000000" } : [], retry: false);
        using var api = system.CreateClient(ResourceNames.Api);
        await system.Gateway.ComputeAsync(7);
        var streams = new List<HttpResponseMessage>();
        try
        {
            while (streams is [] or [.., { StatusCode: HttpStatusCode.OK }] && streams.Count < 400)
                streams.Add(await api.GetAsync("values/events", HttpCompletionOption.ResponseHeadersRead));
            Assert.InRange(streams.Count, 250, 320);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, streams[^1].StatusCode);
            Assert.NotNull(streams[^1].Headers.RetryAfter);
            Assert.All(streams.SkipLast(1), stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
            Assert.Equal(7, Assert.Single(await system.Gateway.GetAllAsync()));
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }

        await Eventually.HoldsAsync("a stream is served again", async token =>
        {
            using var stream = await api.GetAsync("values/events", HttpCompletionOption.ResponseHeadersRead, token);
            return stream.StatusCode == HttpStatusCode.OK;
        });
    }

    /// <summary>
    /// Reads up to the outcome of an index. Reconnects after the last event, as a browser does, if the api ended the stream: it does so
    /// when a client does not read for long, as this process may on a busy machine.
    /// </summary>
    /// <returns>The last stream, still open, and the types of the events.</returns>
    private static async Task<(EventStream Stream, HashSet<string> Types)> ReadTypesAsync(
        HttpClient api, EventStream stream, string? lastEventId, int index)
    {
        var types = new HashSet<string>();
        while (true)
        {
            try
            {
                await stream.ReadUntilAsync(IsAwaited);
                return (stream, types);
            }
            catch (IOException) when (lastEventId is not null)
            {
                stream.Dispose();
                stream = await EventStream.OpenAsync(api, lastEventId, "values/events");
            }
        }

        bool IsAwaited(ReceivedEvent received)
        {
            types.Add(received.Type);
            lastEventId = received.Id.Length > 0 ? received.Id : lastEventId;
            return received.Type == "computed" && received.Index == index;
        }
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Fib.Api'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
