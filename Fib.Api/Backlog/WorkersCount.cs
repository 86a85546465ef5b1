using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

internal static class WorkersCount
{
    /// <summary>By Redis' own clock, so that the machines' clocks need not agree.</summary>
    private const string Script = "return redis.call('ZCOUNT', KEYS[1], redis.call('TIME')[1] - ARGV[1], '+inf')";

    public static async Task<long> CountWorkersAsync(this IDatabase database) =>
        (long)await database.ScriptEvaluateAsync(Script, [BacklogKeys.Workers], [(int)BacklogKeys.HeartbeatInterval.TotalSeconds * 3]);
}
