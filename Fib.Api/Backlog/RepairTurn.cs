using System.Globalization;
using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Of several apis one compares at a time. A key with an expiry says so: one that was taken and never given back lasts a minute at most.</summary>
internal sealed class RepairTurn(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromMinutes(1);

    // A key without an expiry, or with a longer one, is none of ours.
    private const string Script = """
        local left = redis.call('PTTL', KEYS[1])
        if left > 0 and left <= tonumber(ARGV[2]) then return 0 end
        redis.call('SET', KEYS[1], '', 'PX', ARGV[1])
        return 1
        """;

    /// <summary>Takes the turn, unless another api has it.</summary>
    public async Task<bool> TryTakeAsync() =>
        (long)await redis.GetDatabase().ScriptEvaluateAsync(Script, [BacklogKeys.Repair], [Milliseconds(First), Milliseconds(Longest)]) == 1;

    /// <summary>Keeps every api from taking it for a while, a minute at most.</summary>
    public Task RestAsync(TimeSpan pause) =>
        redis.GetDatabase().StringSetAsync(BacklogKeys.Repair, RedisValue.EmptyString, pause < Longest ? pause : Longest);

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
