using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Creates the schema at start, and tries until the database is there; several instances may start at once.</summary>
internal sealed class SchemaInitializer(NpgsqlDataSource dataSource, SchemaState state, StoreStates stores, TimeProvider time, ILogger<SchemaInitializer> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RetryLoop("The creation of the schema", stores.FindOutage, time, logger).RunUntilSucceededAsync(CreateAsync, stoppingToken);

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.Timeout = 30;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { new() { Value = Schema.CreationLock } } });
        foreach (var statement in Schema.Create.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        // Whoever waits for a table's lock holds up all who come later: better to try again.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('lock_timeout', '1s', true)"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Schema.Extend));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        state.SetCreated();
    }
}
