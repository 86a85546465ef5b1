using Fib.Redis.Connection;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Tells a store that does not serve from a fault of ours.</summary>
internal static class StoreFailure
{
    /// <summary>Of class 42, which is else about a statement's text: a missing right, table, column or object.</summary>
    private static readonly HashSet<string> OfTheDatabase = ["42501", "42P01", "42703", "42704"];

    /// <summary>
    /// The server is not reached, does not answer in time, or refuses for its own state: a password, a right, a table that is
    /// missing, a database that is read-only. A statement that is wrong in itself is our fault.
    /// </summary>
    public static bool Is(Exception failure) => failure switch
    {
        StoreAwayException => true,
        PostgresException refused => !IsOfData(refused) && (refused.SqlState[..2] != "42" || OfTheDatabase.Contains(refused.SqlState)),
        NpgsqlException => true,
        _ when IsLostSession(failure) => true,
        _ => RedisFailure.Is(failure),
    };

    /// <summary>The server answers, and refuses for another reason than that it starts, stops or has no more room.</summary>
    public static bool IsRefusal(Exception failure) => failure is PostgresException { IsTransient: false } refused && refused.SqlState[..2] is not ("08" or "53" or "57");

    /// <summary>The client does not know what its session is about any more, and has closed it; it has no type of its own for that.</summary>
    private static bool IsLostSession(Exception failure) =>
        failure.GetType() == typeof(Exception) && failure.Message.StartsWith("Received unexpected backend message", StringComparison.Ordinal);

    /// <summary>Only the deadline of one request to a store has passed.</summary>
    public static bool IsDeadline(Exception failure) => failure is TimeoutException or NpgsqlException { InnerException: TimeoutException };

    /// <summary>The server takes what it was sent for wrong (classes 22 and 23 of its error codes), or it cannot be sent at all; and would be again.</summary>
    public static bool IsOfData(Exception failure) =>
        failure is PostgresException refused ? refused.SqlState[..2] is "22" or "23" : failure is not (NpgsqlException or OperationCanceledException) && !Is(failure);
}
