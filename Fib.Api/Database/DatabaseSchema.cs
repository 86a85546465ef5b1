namespace Fib.Api.Database;

/// <summary>
/// The tables. Every index ever submitted is in exactly one of <c>pending_term</c> and <c>outcome</c>. In <c>pending_term</c>,
/// <c>since</c> is when the index became pending, and <c>appended_at</c> when it was last taken for an append to the backlog.
/// </summary>
internal static class DatabaseSchema
{
    /// <summary>The advisory lock of an instance that creates the schema.</summary>
    public const long CreationLock = 0x46696253;

    /// <summary>
    /// The advisory lock of a transaction from before it draws an event id until its commit. Ids therefore become visible in
    /// ascending order: a reader that has seen id n has seen all ids below it.
    /// </summary>
    public const long EventLock = 0x46696245;

    /// <summary>The notification channel of commits with new events.</summary>
    public const string EventChannel = "fib_event";

    /// <summary>The statements that create missing tables and indexes, in order; idempotent. They lock no table that is complete.</summary>
    public static readonly IReadOnlyList<string> Create =
    [
        "CREATE SEQUENCE IF NOT EXISTS fib_event",
        """
        CREATE TABLE IF NOT EXISTS submission (
            id bigint PRIMARY KEY DEFAULT nextval('fib_event'),
            index integer NOT NULL CHECK (index >= 0),
            accepted_at timestamptz NOT NULL DEFAULT clock_timestamp())
        """,
        CreateIndex("submission_by_index", "submission (index, id)"),
        """
        CREATE TABLE IF NOT EXISTS outcome (
            index integer PRIMARY KEY,
            event_id bigint NOT NULL UNIQUE DEFAULT nextval('fib_event'),
            digits integer NOT NULL,
            preview text NOT NULL,
            reason text,
            computed_at timestamptz NOT NULL)
        """,
        CreateIndex("outcome_failed", "outcome (index) WHERE reason IS NOT NULL"),
        """
        CREATE TABLE IF NOT EXISTS pending_term (
            index integer PRIMARY KEY,
            appended_at timestamptz NOT NULL DEFAULT clock_timestamp())
        """,
        """
        CREATE TABLE IF NOT EXISTS idempotency_key (
            key text PRIMARY KEY,
            fingerprint bytea NOT NULL,
            stored_at timestamptz NOT NULL DEFAULT clock_timestamp())
        """,
        CreateIndex("idempotency_key_by_age", "idempotency_key (stored_at)"),
    ];

    /// <summary>
    /// Runs each kind of statement of the api on each table, without matching a row. It fails for the same reasons as the
    /// statements of the api (a missing right, table or column, a read-only database), and writes nothing.
    /// </summary>
    public const string Probe = """
        WITH read AS (SELECT id, index, received_at, accepted_at FROM submission WHERE false),
             submitted AS (INSERT INTO submission (index, received_at) SELECT 0, NULL::timestamptz WHERE false),
             retried AS (DELETE FROM outcome WHERE index < 0 AND false),
             recorded AS (
                 INSERT INTO outcome (index, digits, preview, reason, queued_at, started_at, computed_at, recorded_at)
                 SELECT 0, 0, '', NULL, NULL::timestamptz, NULL::timestamptz, now(), now() WHERE false),
             added AS (INSERT INTO pending_term (index, since) SELECT 0, NULL::timestamptz WHERE false),
             appended AS (UPDATE pending_term SET appended_at = now() WHERE index < 0 AND false),
             no_longer_pending AS (DELETE FROM pending_term WHERE index < 0 AND false),
             added_keys AS (INSERT INTO idempotency_key (key, fingerprint) SELECT '', ''::bytea WHERE false),
             deleted_keys AS (DELETE FROM idempotency_key WHERE stored_at < now() AND false)
        SELECT last_value FROM fib_event
        """;

    /// <summary>
    /// Adds the columns that later versions introduced, only if they are missing: an upgrade locks each table once, briefly. A new
    /// column also belongs into <see cref="Probe"/>.
    /// </summary>
    public const string Extend = """
        DO $$
        DECLARE missing record;
        BEGIN
            FOR missing IN
                SELECT * FROM (VALUES
                    ('submission', 'received_at', 'timestamptz'), ('pending_term', 'since', 'timestamptz'),
                    ('outcome', 'queued_at', 'timestamptz'), ('outcome', 'started_at', 'timestamptz'),
                    ('outcome', 'recorded_at', 'timestamptz')) AS wanted (tab, col, type)
                WHERE NOT EXISTS (
                    SELECT FROM information_schema.columns c
                    WHERE c.table_schema = current_schema() AND c.table_name = tab AND c.column_name = col)
            LOOP
                EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS %I %s', missing.tab, missing.col, missing.type);
            END LOOP;
        END $$
        """;

    /// <summary>
    /// <c>CREATE INDEX IF NOT EXISTS</c> locks the table before it looks for the index: it would wait for a VACUUM or ANALYZE of the
    /// table, and every write would wait behind it.
    /// </summary>
    private static string CreateIndex(string name, string columns) => $"""
        DO $$
        BEGIN
            IF to_regclass(format('%I.{name}', current_schema())) IS NULL THEN
                CREATE INDEX IF NOT EXISTS {name} ON {columns};
            END IF;
        END $$
        """;
}
