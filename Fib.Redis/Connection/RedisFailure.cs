using System.Net.Sockets;
using Fib.ServiceDefaults.Dependencies;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>Distinguishes failures of Redis from faults of the service itself.</summary>
public static class RedisFailure
{
    /// <summary>The key of the <see cref="Dependency"/>, which is also its name in the log.</summary>
    public const string DependencyName = "Redis";

    private static readonly string[] TransientErrors = ["LOADING", "BUSY", "TRYAGAIN", "MASTERDOWN", "UNBLOCKED"];

    /// <summary>The outage of Redis that made an attempt fail, or null if the cause is a fault of the service itself.</summary>
    public static Outage? FindOutage(Dependency redis, Exception exception) =>
        IsTransient(exception) ? new Outage(redis, Describe(exception), IsRejection(exception)) : null;

    /// <summary>
    /// Whether the server cannot be reached, does not answer in time or rejects the command; or the client rejects it, for example a
    /// write to a replica. The client cancels some commands of a connection that it loses; unlike a caller, it does so without a token.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException
            or TaskCanceledException { CancellationToken.CanBeCanceled: false };

    /// <summary>Whether a retry may succeed. It does not if the key holds a value of another type.</summary>
    public static bool IsTransient(Exception exception) => Is(exception) && !IsWrongType(exception);

    /// <summary>Whether the key holds a value of another type, which another program wrote.</summary>
    public static bool IsWrongType(Exception exception) =>
        exception is RedisServerException error && error.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);

    /// <summary>The reason in a few words; the client's own messages include its whole state.</summary>
    public static string Describe(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            _ when exception.GetBaseException() is SocketException socket => socket.Message,
            RedisConnectionException connection => connection.FailureType.ToString(),
            TimeoutException => "no answer in time",
            TaskCanceledException => "the connection was lost",
            // Without the server's reference to the script.
            _ => exception.Message.Split(" script: ")[0],
        };
    }

    /// <summary>Whether the server answers and rejects the command because of its state, except while it starts or is busy.</summary>
    private static bool IsRejection(Exception exception) =>
        exception.GetType() == typeof(RedisException)
        || (exception is RedisServerException error
            && !TransientErrors.Any(word => error.Message.StartsWith(word, StringComparison.Ordinal)));
}
