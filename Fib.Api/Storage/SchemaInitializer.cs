using Fib.ServiceDefaults.Background;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>
/// Creates the schema at start, and again where a table is missing later; several instances may do so at once. Finds out
/// every two seconds whether the database does what the api needs, which readiness and the log say.
/// </summary>
internal sealed class SchemaInitializer(NpgsqlDataSource dataSource, SchemaState state, StoreStates stores, TimeProvider time, ILogger<SchemaInitializer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RetryLoop("The database", stores.FindOutage, time, logger).RunAsync(CheckAsync, stoppingToken);

    private async Task<TimeSpan> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!state.IsCreated)
                await CreateAsync(cancellationToken);
            await ProbeAsync(cancellationToken);
            state.SetServing();
            return Interval;
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            state.SetRefusing(failure.Message);
            dataSource.ForgetSessionsAfter(failure);
            if (failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn })
                await CreateAsync(cancellationToken);
            throw;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.Timeout = 30;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { new() { Value = Schema.CreationLock } } });
        Add(batch, Schema.Create);
        // A wait for a table's lock holds up every later statement on it, so it is short and tried again.
        Add(batch, ["SELECT set_config('lock_timeout', '1s', true)", Schema.Extend]);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Schema.Probe);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlBatch batch, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
    }
}
