using Fib.Redis.Connection;
using Fib.ServiceDefaults.Dependencies;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>Whether each store is available; each change is one line of the log.</summary>
internal sealed class StoreStates(
    [FromKeyedServices(StoreStates.PostgresName)] Dependency postgres, [FromKeyedServices(RedisFailure.DependencyName)] Dependency redis)
{
    private const string PostgresName = "PostgreSQL";

    public Dependency Postgres => postgres;

    public Dependency Redis => redis;

    /// <summary>The store whose outage caused an exception, or null if none did.</summary>
    public Outage? FindOutage(Exception exception) => exception switch
    {
        _ when !StoreErrors.IsUnavailable(exception) => null,
        NpgsqlException or StoreUnavailableException =>
            new Outage(postgres, exception.GetBaseException().Message, StoreErrors.IsRejection(exception.GetBaseException())),
        // A TimeoutException itself, not a derived one, is thrown by a wait for the database.
        _ when exception.GetType() == typeof(TimeoutException) || exception.GetType() == typeof(Exception) =>
            new Outage(postgres, exception.Message),
        _ => RedisFailure.FindOutage(redis, exception),
    };
}
