using Npgsql;

namespace Fib.Api.Database;

/// <summary>A transaction that draws event ids, in one round trip.</summary>
internal static class EventBatch
{
    /// <summary>
    /// Takes the lock, and makes PostgreSQL keep one generic plan for the statement that follows. Without this it plans each
    /// execution, because it assumes ten rows for an array parameter and a plan for an array of one row looks cheaper; planning
    /// takes longer than the statement. The kept plan may have been made while a table was small, so it must not scan the whole
    /// table: sequential scans are disabled, and every statement selects its rows with <c>= ANY</c> of an array, for which any
    /// plan can use an index. Where only a scan is possible, its inflated cost would trigger JIT compilation, so JIT is disabled
    /// too.
    /// </summary>
    private const string Begin = """
        SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
               set_config('jit', 'off', true), pg_advisory_xact_lock($1)
        """;

    /// <summary>
    /// A batch without an explicit transaction is one transaction, commit included. The second result is that of
    /// <paramref name="command"/>.
    /// </summary>
    public static NpgsqlBatch CreateEventBatch(this NpgsqlDataSource dataSource, NpgsqlBatchCommand command)
    {
        var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Begin) { Parameters = { new() { Value = DatabaseSchema.EventLock } } });
        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"NOTIFY {DatabaseSchema.EventChannel}"));
        return batch;
    }
}
