using Npgsql;
using StackExchange.Redis;

namespace Fib.Api.Storage;

/// <summary>Tells a store that is away from a fault of ours.</summary>
internal static class StoreFailure
{
    /// <summary>The server is not reached, does not answer in time, or is starting or stopping; a statement it refuses is our fault.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        StoreAwayException or RedisException or TimeoutException => true,
        PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>The server takes what it was sent for wrong (classes 22 and 23 of its error codes), and would again.</summary>
    public static bool IsOfData(PostgresException refused) => refused.SqlState[..2] is "22" or "23";

    /// <summary>
    /// For what runs on its own: also a statement that is refused, by a server that became read-only or has a new password,
    /// is no reason to end the service. It is tried again, and readiness shows it.
    /// </summary>
    public static bool IsPassing(Exception failure) => Is(failure) || failure is NpgsqlException;
}
