using System.Globalization;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Work that one api at a time does: the holder of a Redis key with an expiry.</summary>
internal static class Lease
{
    // A key without an expiry, or with a longer one than any api sets, was not written by this script: it is replaced.
    private const string Script = """
        local left = redis.call('PTTL', KEYS[1])
        if left > 0 and left <= tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
        return 1
        """;

    /// <summary>Acquires a lease unless another api holds it.</summary>
    /// <param name="database">Holds the key.</param>
    /// <param name="key">Names the work.</param>
    /// <param name="duration">How long the lease lasts.</param>
    /// <param name="maxDuration">The longest duration for which any api acquires it.</param>
    /// <exception cref="RedisException">The server does not answer, or refuses.</exception>
    public static async Task<bool> TryAcquireLeaseAsync(this IDatabase database, string key, TimeSpan duration, TimeSpan maxDuration) =>
        (long)await database.ScriptEvaluateAsync(Script, [key], [Milliseconds(duration), Milliseconds(maxDuration)]) == 1;

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
