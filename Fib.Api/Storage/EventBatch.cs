using Npgsql;

namespace Fib.Api.Storage;

/// <summary>A commit that draws event ids.</summary>
internal static class EventBatch
{
    /// <summary>A batch without an explicit transaction is one transaction, commit included, in one round trip; the command's result is the second.</summary>
    public static NpgsqlBatch CreateEventBatch(this NpgsqlDataSource dataSource, NpgsqlBatchCommand command)
    {
        var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)") { Parameters = { new() { Value = Schema.EventLock } } });
        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"NOTIFY {Schema.EventChannel}"));
        return batch;
    }
}
