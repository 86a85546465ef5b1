using Fib.Redis.Connection;
using Fib.ServiceDefaults.Dependencies;

namespace Fib.Worker;

/// <summary>Whether Redis answers; the log has a line for each change.</summary>
internal sealed class RedisState([FromKeyedServices(RedisFailure.DependencyName)] Dependency redis)
{
    /// <summary>Redis where it made an attempt fail, or null.</summary>
    public Outage? FindOutage(Exception failure) => RedisFailure.FindOutage(redis, failure);
}
