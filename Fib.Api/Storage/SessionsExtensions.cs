using Npgsql;

namespace Fib.Api.Storage;

internal static class SessionsExtensions
{
    /// <summary>A session that was refused as read-only stays so, whatever the database or its name leads to by now: the pool makes new ones.</summary>
    public static void ForgetSessionsAfter(this NpgsqlDataSource dataSource, Exception failure)
    {
        if ((failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
            dataSource.Clear();
    }
}
