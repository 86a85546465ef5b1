using Fib.Redis.Connection;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>Distinguishes an unavailable store, and data that it rejects, from a fault of this program.</summary>
internal static class StoreErrors
{
    /// <summary>
    /// Most error codes of class 42 mean an invalid statement. These mean that the database lacks something: a right, a table, a
    /// column or another object.
    /// </summary>
    private static readonly HashSet<string> DatabaseCodes = ["42501", "42P01", "42703", "42704"];

    /// <summary>
    /// The server cannot be reached, does not answer in time, or rejects the command because of its own state: a password, a right, a
    /// missing table, a read-only database. An invalid statement is a fault of this program.
    /// </summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        StoreUnavailableException => true,
        PostgresException rejection =>
            !IsInvalidData(rejection) && (rejection.SqlState[..2] != "42" || DatabaseCodes.Contains(rejection.SqlState)),
        NpgsqlException => true,
        _ when IsLostSession(exception) => true,
        _ => RedisFailure.Is(exception),
    };

    /// <summary>The server answers and rejects the command, for another reason than that it starts, stops or lacks resources.</summary>
    public static bool IsRejection(Exception exception) =>
        exception is PostgresException { IsTransient: false } rejection && rejection.SqlState[..2] is not ("08" or "53" or "57");

    /// <summary>The deadline of one request to a store has passed; the store as a whole may serve.</summary>
    public static bool IsDeadline(Exception exception) =>
        exception is TimeoutException or NpgsqlException { InnerException: TimeoutException };

    /// <summary>
    /// The server rejects the data (classes 22 and 23 of its error codes), or the data cannot be sent; a retry would fail too.
    /// </summary>
    public static bool IsInvalidData(Exception exception) =>
        exception is PostgresException rejection
            ? rejection.SqlState[..2] is "22" or "23"
            : exception is not (NpgsqlException or OperationCanceledException) && !IsUnavailable(exception);

    /// <summary>
    /// Clears the connection pool after a rejection. A session that was read-only stays read-only after a failover, and Npgsql
    /// does not know the columns of a statement that was rejected while it was prepared.
    /// </summary>
    public static void ClearPoolAfter(this NpgsqlDataSource dataSource, Exception exception)
    {
        // Class 28 is about user and password: new sessions are rejected then, and the existing ones may still serve.
        if (exception.GetBaseException() is PostgresException rejection && IsRejection(rejection) && rejection.SqlState[..2] != "28")
            dataSource.Clear();
    }

    /// <summary>Npgsql received a message that it did not expect, and closed the session. It throws a plain Exception for that.</summary>
    private static bool IsLostSession(Exception exception) =>
        exception.GetType() == typeof(Exception) &&
        exception.Message.StartsWith("Received unexpected backend message", StringComparison.Ordinal);
}
