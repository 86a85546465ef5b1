using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>The pending entries of a consumer group, as one consumer deals with them.</summary>
internal sealed class PendingEntries(IDatabase database, string stream, string group, string name, ConsumerSettings settings, TimeProvider time)
{
    private const string Begin = "0-0";

    // In one step: a consumer that comes back between a look and its removal would lose its entries.
    private const string ForgetScript = """
        for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
            local about = {}
            for n = 1, #consumer, 2 do about[consumer[n]] = consumer[n + 1] end
            if about.pending == 0 and about.idle > tonumber(ARGV[2]) then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], about.name)
            end
        end
        """;

    private RedisValue _claimFrom = Begin;
    private DateTimeOffset _nextClaim;

    /// <summary>
    /// What this consumer was given and has not acknowledged. Looking does not count as a delivery: a server that hangs
    /// may get the same look many times.
    /// </summary>
    public async Task<IReadOnlyList<StreamDelivery>> ReadOwnAsync(int count)
    {
        var pending = await database.StreamPendingMessagesAsync(stream, group, count, name);
        var entries = await Task.WhenAll(pending.Select(one => database.StreamRangeAsync(stream, one.MessageId, one.MessageId)));
        var gone = pending.Zip(entries).Where(one => one.Second.Length == 0).Select(one => one.First.MessageId).ToArray();
        if (gone.Length > 0)
            await database.StreamAcknowledgeAsync(stream, group, gone);
        return [.. pending.Zip(entries).Where(one => one.Second.Length > 0).Select(one => new StreamDelivery(one.Second[0], one.First.DeliveryCount))];
    }

    /// <summary>One entry of a consumer that is dead: only one, so that an entry that kills its consumer takes no other with it.</summary>
    public async Task<IReadOnlyList<StreamDelivery>> ClaimAsync()
    {
        if (time.GetUtcNow() < _nextClaim)
            return [];
        do
        {
            var claimed = await database.StreamAutoClaimAsync(stream, group, name, (long)settings.MinIdle.TotalMilliseconds, _claimFrom, 1);
            _claimFrom = claimed.NextStartId;
            if (claimed.ClaimedEntries is [{ IsNull: false } entry])
                return [new StreamDelivery(entry, await CountDeliveriesAsync(entry.Id))];
        }
        while (_claimFrom != Begin);

        await database.ScriptEvaluateAsync(ForgetScript, [stream], [group, (long)settings.Forgotten.TotalMilliseconds]);
        _nextClaim = time.GetUtcNow() + settings.ClaimInterval;
        return [];
    }

    private async Task<long> CountDeliveriesAsync(RedisValue id) =>
        await database.StreamPendingMessagesAsync(stream, group, 1, name, id, id) is [var pending] ? pending.DeliveryCount : 1;
}
