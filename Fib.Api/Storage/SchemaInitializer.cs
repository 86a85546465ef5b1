using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Creates the schema at start, and tries until the database is there; several instances may start at once.</summary>
internal sealed class SchemaInitializer(NpgsqlDataSource dataSource, SchemaState state, TimeProvider time, ILogger<SchemaInitializer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryCreateAsync(stoppingToken))
            await Task.Delay(Pause, time, stoppingToken);
        state.SetCreated();
    }

    private async Task<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        try
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
            return true;
        }
        catch (Exception failure) when (StoreFailure.IsPassing(failure))
        {
            Log.SchemaNotCreated(logger, failure.Message);
            return false;
        }
    }
}
