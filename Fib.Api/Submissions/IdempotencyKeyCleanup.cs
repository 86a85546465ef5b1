using Fib.Api.Database;
using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Submissions;

/// <summary>Deletes idempotency keys after a day, a few at a time, so that submissions do not wait for it.</summary>
internal sealed class IdempotencyKeyCleanup(
    NpgsqlDataSource dataSource, SchemaState schema, StoreStates stores, TimeProvider time, ILogger<IdempotencyKeyCleanup> logger)
    : BackgroundService
{
    private const int MaxRows = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        await new RetryLoop("The cleanup of idempotency keys", stores.FindOutage, time, logger, stores.Postgres).RunAsync(
            async token => await DeleteAsync(token) < MaxRows ? Interval : TimeSpan.Zero, stoppingToken);
    }

    /// <returns>The number of deleted keys.</returns>
    private async Task<int> DeleteAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            DELETE FROM idempotency_key WHERE key IN (
                SELECT key FROM idempotency_key WHERE stored_at < clock_timestamp() - interval '1 day'
                ORDER BY stored_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            """);
        command.Parameters.Add(new() { Value = MaxRows });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
