using System.Net.Sockets;
using Fib.ServiceDefaults.Dependencies;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>Tells a Redis that does not serve from a fault of ours.</summary>
public static class RedisFailure
{
    /// <summary>The key of the <see cref="Dependency"/> that the log calls Redis.</summary>
    public const string DependencyName = "Redis";

    private static readonly string[] Passing = ["LOADING", "BUSY", "TRYAGAIN", "MASTERDOWN", "UNBLOCKED"];

    /// <summary>Redis where it made an attempt fail, or null where it is a fault of ours.</summary>
    public static Outage? FindOutage(Dependency redis, Exception failure) => IsPassing(failure) ? new Outage(redis, Describe(failure), IsRefusal(failure)) : null;

    /// <summary>The server is not reached, does not answer in time, or refuses; or the client refuses for it, as where it is a replica.</summary>
    public static bool Is(Exception failure) => failure is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException;

    /// <summary>It may succeed another time. A key of another type stays what it is.</summary>
    public static bool IsPassing(Exception failure) => Is(failure) && !IsWrongType(failure);

    /// <summary>Someone else's value is under the key.</summary>
    public static bool IsWrongType(Exception failure) =>
        failure is RedisServerException refused && refused.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);

    /// <summary>The reason in a few words; the client's own messages hold its whole state.</summary>
    public static string Describe(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            _ when failure.GetBaseException() is SocketException socket => socket.Message,
            RedisConnectionException connection => connection.FailureType.ToString(),
            TimeoutException => "no answer in time",
            // Without the place in a script of ours.
            _ => failure.Message.Split(" script: ")[0],
        };
    }

    /// <summary>The server answers, and refuses for its own state; not while it starts, is busy or lets go of who waits.</summary>
    private static bool IsRefusal(Exception failure) =>
        failure.GetType() == typeof(RedisException) || (failure is RedisServerException refused && !Passing.Any(word => refused.Message.StartsWith(word, StringComparison.Ordinal)));
}
