using System.Globalization;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>A lease is a Redis key with an expiry: its holder does the work alone until then.</summary>
public static class RedisLease
{
    // A key without an expiry, or with a longer one than any holder sets, was not written by this script: it is replaced.
    private const string Script = """
        local left = redis.call('PTTL', KEYS[1])
        if left > 0 and left <= tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
        return 1
        """;

    /// <summary>Acquires a lease unless another process holds it.</summary>
    /// <param name="database">Holds the key.</param>
    /// <param name="key">Names the work.</param>
    /// <param name="duration">How long the lease lasts.</param>
    /// <param name="maxDuration">The longest duration for which any process acquires it.</param>
    /// <exception cref="RedisException">The server does not answer, or rejects the command.</exception>
    public static async Task<bool> TryAcquireLeaseAsync(this IDatabase database, string key, TimeSpan duration, TimeSpan maxDuration)
    {
        ArgumentNullException.ThrowIfNull(database);
        return (long)await database.ScriptEvaluateAsync(Script, [key], [Milliseconds(duration), Milliseconds(maxDuration)]) == 1;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
