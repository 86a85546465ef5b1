using Npgsql;

namespace Fib.Api.Storage;

/// <summary>A commit that draws event ids.</summary>
internal static class EventBatch
{
    /// <summary>
    /// Takes the lock, and has the plan of what follows kept. PostgreSQL takes an array that is a parameter for ten rows, finds
    /// a plan for the one that came cheaper, and so plans every time, which takes longer than the statement. A plan that is kept
    /// from when a table was small must not read all of it when it is large: so no scans of tables, and every statement says
    /// which rows it wants with <c>= ANY</c> of an array, which is a condition of an index in every plan. Where a scan is all
    /// there is, its forbidding price would have the plan compiled, so that is off too.
    /// </summary>
    private const string Begin = """
        SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
               set_config('jit', 'off', true), pg_advisory_xact_lock($1)
        """;

    /// <summary>A batch without an explicit transaction is one transaction, commit included, in one round trip; the command's result is the second.</summary>
    public static NpgsqlBatch CreateEventBatch(this NpgsqlDataSource dataSource, NpgsqlBatchCommand command)
    {
        var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Begin) { Parameters = { new() { Value = Schema.EventLock } } });
        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"NOTIFY {Schema.EventChannel}"));
        return batch;
    }
}
