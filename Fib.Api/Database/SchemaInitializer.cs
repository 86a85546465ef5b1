using Fib.ServiceDefaults.Background;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>
/// Creates the schema at start, and again if a table is missing later; several instances may do so concurrently. Checks every
/// two seconds that the database permits what the api does, and reports it to readiness and the log.
/// </summary>
internal sealed partial class SchemaInitializer(
    NpgsqlDataSource dataSource, SchemaState state, StoreStates stores, TimeProvider time, ILogger<SchemaInitializer> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RetryLoop("The database", stores.FindOutage, time, logger).RunAsync(CheckAsync, stoppingToken);

    private async Task<TimeSpan> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!state.IsCreated)
                await TryCreateAsync(cancellationToken);
            await ProbeAsync(cancellationToken);
            state.SetAvailable();
            return Interval;
        }
        catch (Exception exception) when (StoreErrors.IsUnavailable(exception))
        {
            state.SetUnavailable(exception.Message);
            dataSource.ClearPoolAfter(exception);
            if (exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn })
                await CreateAsync(cancellationToken);
            throw;
        }
    }

    /// <summary>
    /// PostgreSQL requires the rights to create a table also if it exists, and a table that is vacuumed cannot be extended meanwhile. The
    /// probe finds out whether the api can use what exists.
    /// </summary>
    private async Task TryCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync(cancellationToken);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.LockNotAvailable)
        {
            LogNotCreated(exception.MessageText);
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.Timeout = 30;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)")
        {
            Parameters = { new() { Value = DatabaseSchema.CreationLock } },
        });
        // A statement that waits for a table's lock blocks every later statement on that table: wait briefly. The wait for another
        // instance that creates the schema, above, blocks no statement and may take longer.
        Add(batch, ["SELECT set_config('lock_timeout', '1s', true)", .. DatabaseSchema.Create, DatabaseSchema.Extend]);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The tables were not checked for missing columns and indexes: {Reason}.")]
    private partial void LogNotCreated(string reason);

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DatabaseSchema.Probe);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlBatch batch, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
    }
}

/// <summary>
/// Whether the schema exists and the database permits what the api does. Services wait for the schema; readiness reports
/// both.
/// </summary>
internal sealed class SchemaState : IHealthCheck
{
    private readonly TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _reason = "The schema is not created yet.";

    /// <summary>Whether the schema was created or found at least once.</summary>
    public bool IsCreated => _created.Task.IsCompleted;

    /// <summary>The schema exists, and the database rejects nothing.</summary>
    public void SetAvailable()
    {
        _reason = null;
        _created.TrySetResult();
    }

    /// <summary>The database does not serve, for this reason.</summary>
    public void SetUnavailable(string reason) => _reason = reason;

    /// <summary>Returns when the schema exists.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _created.Task.WaitAsync(cancellationToken);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_reason is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());
}
