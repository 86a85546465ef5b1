using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>
/// One consumer of a Redis stream's consumer group, with at-least-once delivery: an entry stays pending until it is acknowledged,
/// and other consumers claim the entries of a dead one. Acknowledged entries are deleted, so the stream holds the backlog and
/// nothing else. Not thread-safe: one loop reads.
/// </summary>
public sealed class GroupConsumer(
    IConnectionMultiplexer connection, string stream, string group, string name, ConsumerSettings settings, TimeProvider time)
{
    /// <summary>How long a read waits for new entries.</summary>
    public static readonly TimeSpan BlockTimeout = TimeSpan.FromSeconds(1);

    private readonly IDatabase _database = connection.GetDatabase();
    private readonly PendingEntries _pending = new(connection.GetDatabase(), stream, group, name, settings, time);

    /// <summary>Whether entries may be pending: returned by a read and not acknowledged, or in transit when the connection broke.</summary>
    private bool _hasPending;

    private int _unacknowledged;

    /// <summary>Creates a name that no other process has: host name and a short instance id.</summary>
    public static string CreateName() => $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>
    /// Reads this consumer's own pending entries, else one of a dead consumer, else new ones. Empty if none arrives within
    /// <see cref="BlockTimeout"/>.
    /// </summary>
    /// <exception cref="RedisException">The server is unavailable.</exception>
    public async Task<IReadOnlyList<StreamDelivery>> ReadAsync(int count)
    {
        var start = time.GetUtcNow();
        try
        {
            var entries = _hasPending ? await _pending.ReadOwnAsync(count) : [];
            _hasPending = true;
            if (entries.Count == 0)
                entries = await _pending.ClaimAsync();
            if (entries.Count == 0)
                entries = await ReadNewAsync(count);
            _unacknowledged = entries.Count;
            _hasPending = entries.Count > 0;
            if (entries.Count > 0)
                StreamActivity.AddReceive(stream, group, entries, start, time.GetUtcNow());
            return entries;
        }
        catch (RedisServerException exception) when (IsGroupMissing(exception))
        {
            await CreateGroupAsync();
            return [];
        }
    }

    /// <summary>Deletes and acknowledges entries atomically.</summary>
    /// <exception cref="RedisException">The server does not answer, or rejects the command: the entries are still pending.</exception>
    public async Task AcknowledgeAsync(IReadOnlyList<StreamDelivery> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
            return;
        // Deletes first: if only that succeeds, a deleted entry is still pending, which is harmless. In the other order, an entry could
        // remain in the stream without being pending, and the group would never deliver it again.
        const string Script = """
            redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
            redis.call('XACK', KEYS[1], unpack(ARGV))
            """;
        using var activity = StreamActivity.StartSettle(stream, group, entries.Count);
        await _database.ScriptEvaluateAsync(Script, [stream], [group, .. entries.Select(delivery => delivery.Entry.Id)]);
        OnSettled(entries.Count);
    }

    /// <summary>
    /// Resets the idle time of entries, so that no other consumer claims them while this one still works on them. Creates the group if
    /// Redis has lost it.
    /// </summary>
    public async Task RenewClaimsAsync(IEnumerable<StreamDelivery> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        try
        {
            await _database.StreamClaimIdsOnlyAsync(stream, group, name, 0, [.. entries.Select(delivery => delivery.Entry.Id)]);
        }
        catch (RedisServerException exception) when (IsGroupMissing(exception))
        {
            await CreateGroupAsync();
        }
    }

    /// <summary>Acknowledges an entry and appends its dead letter to another stream, atomically and at most once.</summary>
    /// <param name="entry">The entry, which is deleted from its stream.</param>
    /// <param name="deadLetters">The stream of dead letters.</param>
    /// <param name="maxLength">The approximate maximum length of that stream; the oldest entries are trimmed first.</param>
    /// <param name="fields">The fields of the dead letter.</param>
    public async Task DeadLetterAsync(
        StreamDelivery entry, string deadLetters, int maxLength, IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(entry);
        // XLEN fails, before anything is changed, if the other key is no stream.
        const string Script = """
            redis.call('XLEN', KEYS[2])
            if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
                redis.call('XDEL', KEYS[1], ARGV[2])
                redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
            end
            """;
        using var activity = StreamActivity.StartSettle(stream, group, 1);
        RedisValue[] values = [.. fields.SelectMany(field => (RedisValue[])[field.Key, field.Value])];
        await _database.ScriptEvaluateAsync(Script, [stream, deadLetters], [group, entry.Entry.Id, maxLength, .. values]);
        OnSettled(1);
    }

    private static bool IsGroupMissing(RedisServerException exception) =>
        exception.Message.StartsWith("NOGROUP", StringComparison.Ordinal);

    private void OnSettled(int entries)
    {
        _unacknowledged -= entries;
        _hasPending = _unacknowledged > 0;
    }

    private async Task<IReadOnlyList<StreamDelivery>> ReadNewAsync(int count) => StreamDelivery.ReadReply(await _database.ExecuteAsync(
        "XREADGROUP",
        ["GROUP", group, name, "COUNT", count, "BLOCK", (int)BlockTimeout.TotalMilliseconds, "STREAMS", (RedisKey)stream, ">"]));

    /// <summary>Creates the group at the beginning of the stream, so that it includes entries appended before the first consumer.</summary>
    private async Task CreateGroupAsync()
    {
        try
        {
            await _database.StreamCreateConsumerGroupAsync(stream, group, StreamPosition.Beginning);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // Another consumer has created it.
        }
    }
}
