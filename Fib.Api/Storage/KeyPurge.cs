using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Forgets idempotency keys after a day, a few at a time, so that no submission waits for it.</summary>
internal sealed class KeyPurge(NpgsqlDataSource dataSource, SchemaState schema, StoreStates stores, TimeProvider time, ILogger<KeyPurge> logger) : BackgroundService
{
    private const int MaxTogether = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The purge of idempotency keys", stores.FindOutage, time, logger, stores.Postgres).RunAsync(
            async token => await PurgeAsync(token) < MaxTogether ? Interval : TimeSpan.Zero, stoppingToken);
    }

    /// <returns>How many went.</returns>
    private async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            DELETE FROM idempotency_key WHERE key IN (
                SELECT key FROM idempotency_key WHERE stored_at < clock_timestamp() - interval '1 day' ORDER BY stored_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            """);
        command.Parameters.Add(new() { Value = MaxTogether });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
