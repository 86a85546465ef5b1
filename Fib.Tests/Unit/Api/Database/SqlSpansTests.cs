using Fib.Api.Database;

namespace Fib.Tests.Unit.Api.Database;

public sealed class SqlSpansTests
{
    [Theory]
    [InlineData("SELECT 1", "SELECT")]
    [InlineData("NOTIFY fib_event", "NOTIFY")]
    [InlineData("SELECT id FROM submission WHERE id > $1", "SELECT submission")]
    [InlineData("(SELECT id FROM submission) UNION ALL (SELECT event_id FROM outcome)", "SELECT submission")]
    [InlineData("SELECT count(*), extract(epoch FROM clock_timestamp()) FROM (SELECT * FROM pending_term) t", "SELECT pending_term")]
    [InlineData(
        "WITH submitted AS (SELECT * FROM unnest($1::integer[])), stored AS (INSERT INTO submission (index) "
            + "SELECT index FROM submitted) SELECT 1",
        "INSERT submission")]
    [InlineData(
        "WITH was_pending AS (DELETE FROM pending_term RETURNING index) INSERT INTO outcome (index) SELECT index FROM was_pending",
        "INSERT outcome")]
    [InlineData(
        "DELETE FROM idempotency_key WHERE key IN (SELECT key FROM idempotency_key FOR UPDATE SKIP LOCKED)",
        "DELETE idempotency_key")]
    [InlineData("UPDATE pending_term SET appended_at = now()", "UPDATE pending_term")]
    public void Read_Statement_IsWhatItWritesElseWhatItReadsFirst(string statement, string summary) =>
        Assert.Equal(summary, SqlSpans.Read(statement).ToString());
}
