using System.Globalization;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>What one api does at a time, of several. A key with an expiry says so, and goes by itself.</summary>
internal static class TurnExtensions
{
    // A key without an expiry, or with a longer one, is none of ours.
    private const string Script = """
        local left = redis.call('PTTL', KEYS[1])
        if left > 0 and left <= tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
        return 1
        """;

    /// <summary>Takes a turn for a while, unless another api has it.</summary>
    /// <param name="database">Where the key is.</param>
    /// <param name="key">What the turn is for.</param>
    /// <param name="pause">For how long.</param>
    /// <param name="longest">The longest for which any api takes it.</param>
    /// <exception cref="RedisException">The server does not answer, or refuses.</exception>
    public static async Task<bool> TryTakeTurnAsync(this IDatabase database, string key, TimeSpan pause, TimeSpan longest) =>
        (long)await database.ScriptEvaluateAsync(Script, [key], [Milliseconds(pause), Milliseconds(longest)]) == 1;

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
