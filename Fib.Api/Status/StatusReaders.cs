using System.Diagnostics.Metrics;
using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.Core.Contracts;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Api.Status;

/// <summary>The part of the status that PostgreSQL knows.</summary>
internal sealed record PostgresStatus(long Pending, double? OldestPendingSeconds, string Version, IReadOnlyList<SubmissionStages> Last);

/// <summary>Reads PostgreSQL's part of the status in one round trip; the cost does not grow with the number of submissions.</summary>
internal sealed class PostgresStatusReader(NpgsqlDataSource dataSource)
{
    private const int LastSubmissions = 10;

    /// <summary>The maximum number of pending indexes that are counted.</summary>
    private const int MaxPending = 10_000;

    // An outcome older than the submission belongs to an earlier one: this submission passed no stage after its commit.
    private const string SelectLast = """
        SELECT s.id, s.index, s.received_at, s.accepted_at, o.queued_at, o.started_at, o.computed_at, o.recorded_at
        FROM (SELECT * FROM submission ORDER BY id DESC LIMIT $1) s
        LEFT JOIN outcome o ON o.index = s.index AND o.event_id > s.id AND o.reason IS NULL
        ORDER BY s.id DESC
        """;

    private const string SelectPending = """
        SELECT count(*), (extract(epoch FROM clock_timestamp() - min(since)))::float8, current_setting('server_version')
        FROM (SELECT coalesce(since, appended_at) AS since FROM pending_term LIMIT $1) counted
        """;

    public async Task<PostgresStatus> ReadAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SelectLast) { Parameters = { new() { Value = LastSubmissions } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SelectPending) { Parameters = { new() { Value = MaxPending } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var last = new List<SubmissionStages>(LastSubmissions);
        while (await reader.ReadAsync(cancellationToken))
            last.Add(ReadStages(reader));

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        // The number alone, without the packager's name.
        var version = reader.GetString(2).Split(' ')[0];
        double? oldest = reader.IsDBNull(1) ? null : Math.Round(Math.Max(0, reader.GetDouble(1)), 3);
        return new PostgresStatus(reader.GetInt64(0), oldest, version, last);
    }

    private static SubmissionStages ReadStages(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.ReadTime(2), row.GetDateTime(3), row.ReadTime(4), row.ReadTime(5), row.ReadTime(6),
        row.ReadTime(7));
}

/// <summary>The part of the status that Redis knows.</summary>
internal sealed record RedisStatus(BacklogStatus Backlog, long Workers, long DeadLetters, string? Version);

/// <summary>Reads Redis' part of the status.</summary>
internal sealed class RedisStatusReader(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <summary>Null while Redis is unavailable.</summary>
    public async Task<RedisStatus?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync().WaitAsync(Deadline, cancellationToken);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return null;
        }
    }

    private async Task<RedisStatus> ReadAsync()
    {
        var database = redis.GetDatabase();
        var streams = Task.WhenAll(ReadStreamAsync(database, BacklogKeys.Stream), ReadStreamAsync(database, BacklogKeys.LargeStream));
        var workers = database.CountWorkersAsync();
        var deadLetters = database.StreamLengthAsync(BacklogKeys.DeadLetters);
        await Task.WhenAll(streams, workers, deadLetters);
        var backlog = new BacklogStatus((await streams).Sum(stream => stream.Lag), (await streams).Sum(stream => stream.Pending));
        var version = redis.GetServers().FirstOrDefault(server => server.IsConnected)?.Version.ToString();
        return new RedisStatus(backlog, await workers, await deadLetters, version);
    }

    private static async Task<BacklogStatus> ReadStreamAsync(IDatabase database, string stream)
    {
        var length = database.StreamLengthAsync(stream);
        try
        {
            var groups = await database.StreamGroupInfoAsync(stream);
            foreach (var group in groups.Where(group => group.Name == BacklogKeys.Group))
                // Redis does not always know the lag. The stream has only unacknowledged entries; the lag is those not pending.
                return new BacklogStatus(group.Lag ?? Math.Max(0, await length - group.PendingMessageCount), group.PendingMessageCount);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("ERR no such key", StringComparison.Ordinal))
        {
            // No entry was appended yet.
        }

        return new BacklogStatus(await length, 0);
    }
}

/// <summary>Exports the size of the backlog as a metric.</summary>
internal sealed class BacklogGauge : IHostedService
{
    private readonly RedisStatusReader _redis;

    public BacklogGauge(IMeterFactory meters, RedisStatusReader redis)
    {
        _redis = redis;
        meters.Create("Fib.Api").CreateObservableGauge(
            "fib.backlog.entries", Read, "{entry}", "Entries that no worker has acknowledged. Every api reports the same value.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The exporter calls this on a thread of its own, which may block. There is no measurement while Redis is unavailable.
    /// </summary>
    private IEnumerable<Measurement<long>> Read() =>
        _redis.TryReadAsync(CancellationToken.None).GetAwaiter().GetResult() is { Backlog: var backlog }
            ? [Measure(backlog.Lag, "lag"), Measure(backlog.Pending, "pending")]
            : [];

    private static Measurement<long> Measure(long entries, string state) =>
        new(entries, new KeyValuePair<string, object?>("fib.backlog.state", state));
}
