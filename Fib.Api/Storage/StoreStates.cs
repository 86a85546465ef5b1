using Fib.Redis.Connection;
using Fib.ServiceDefaults.Dependencies;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Whether the stores answer; the log has a line for each change.</summary>
internal sealed class StoreStates([FromKeyedServices(StoreStates.PostgresName)] Dependency postgres, [FromKeyedServices(RedisFailure.DependencyName)] Dependency redis)
{
    private const string PostgresName = "PostgreSQL";

    public Dependency Postgres => postgres;

    public Dependency Redis => redis;

    /// <summary>Which store made an attempt fail, or null where none did.</summary>
    public Outage? FindOutage(Exception failure) => failure switch
    {
        _ when !StoreFailure.Is(failure) => null,
        // A bare timeout is that of a wait for the database.
        NpgsqlException or StoreAwayException => new Outage(postgres, failure.GetBaseException().Message, StoreFailure.IsRefusal(failure.GetBaseException())),
        _ when failure.GetType() == typeof(TimeoutException) || failure.GetType() == typeof(Exception) => new Outage(postgres, failure.Message),
        _ => RedisFailure.FindOutage(redis, failure),
    };
}
