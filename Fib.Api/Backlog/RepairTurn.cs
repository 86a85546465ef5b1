using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>Of several apis one compares at a time. A turn that was taken and never given back lasts a minute at most.</summary>
internal sealed class RepairTurn(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromMinutes(1);

    /// <summary>Takes the turn, unless another api has it.</summary>
    public Task<bool> TryTakeAsync() => redis.GetDatabase().TryTakeTurnAsync(BacklogKeys.Repair, First, Longest);

    /// <summary>Keeps every api from taking it for a while, a minute at most.</summary>
    public Task RestAsync(TimeSpan pause) =>
        redis.GetDatabase().StringSetAsync(BacklogKeys.Repair, RedisValue.EmptyString, pause < Longest ? pause : Longest);
}
