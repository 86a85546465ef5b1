using Npgsql;

namespace Fib.Api.Database;

/// <summary>A transaction that draws event ids, in one round trip.</summary>
internal static class EventBatch
{
    /// <summary>
    /// Takes the lock and keeps the plan of the statement that follows. PostgreSQL estimates ten rows for an array parameter,
    /// finds a cheaper plan for an array of one, and therefore plans anew each time, which takes longer than the statement.
    /// A kept plan must not read a whole table that was small when it was planned: sequential scans are off, and every
    /// statement names its rows with <c>= ANY</c> of an array, which is an index condition in every plan. If a scan is the
    /// only plan, its inflated cost would trigger JIT compilation, so that is off too.
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
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Begin) { Parameters = { new() { Value = Schema.EventLock } } });
        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"NOTIFY {Schema.EventChannel}"));
        return batch;
    }
}
