using Npgsql;

namespace Fib.Api.Storage;

internal static class SessionsExtensions
{
    /// <summary>
    /// After a refusal the pool makes new sessions. One that was read-only stays so, whatever the database or its name leads to
    /// by now; and of one that refused a statement while it was being prepared, the client does not know that it returns rows.
    /// </summary>
    public static void ForgetSessionsAfter(this NpgsqlDataSource dataSource, Exception failure)
    {
        // Where new sessions are refused (class 28: the user or its password), those that there are may still serve.
        if (failure.GetBaseException() is PostgresException refused && StoreFailure.IsRefusal(refused) && refused.SqlState[..2] != "28")
            dataSource.Clear();
    }
}
