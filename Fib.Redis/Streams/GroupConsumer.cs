using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>
/// One consumer of a Redis stream's consumer group, with at-least-once delivery: an entry stays pending until it is
/// acknowledged, and one whose consumer died is claimed after a while. Acknowledged entries are deleted, so the stream
/// holds the backlog and nothing else. Not thread-safe: one loop reads.
/// </summary>
public sealed class GroupConsumer(IConnectionMultiplexer connection, string stream, string group, string name, ConsumerSettings settings, TimeProvider time)
{
    /// <summary>How long a read waits for new entries.</summary>
    public static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    private readonly IDatabase _database = connection.GetDatabase();
    private readonly PendingEntries _pending = new(connection.GetDatabase(), stream, group, name, settings, time);

    /// <summary>Entries are with this consumer that were handed out and not acknowledged, or were on their way when the connection broke.</summary>
    private bool _hasPending;

    private int _handedOut;

    /// <summary>A name that no other process has: host name and a short instance id.</summary>
    public static string CreateName() => $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>
    /// This consumer's own entries that were not acknowledged, else one of a dead consumer, else new ones; empty where
    /// none came within <see cref="Block"/>.
    /// </summary>
    /// <exception cref="RedisException">The server is away.</exception>
    public async Task<IReadOnlyList<StreamDelivery>> ReadAsync(int count)
    {
        var begun = time.GetUtcNow();
        try
        {
            var entries = _hasPending ? await _pending.ReadOwnAsync(count) : [];
            _hasPending = true;
            if (entries.Count == 0)
                entries = await _pending.ClaimAsync();
            if (entries.Count == 0)
                entries = await ReadNewAsync(count);
            _handedOut = entries.Count;
            _hasPending = entries.Count > 0;
            if (entries.Count > 0)
                StreamActivity.AddReceive(stream, group, entries, begun, time.GetUtcNow());
            return entries;
        }
        catch (RedisServerException missing) when (missing.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await CreateGroupAsync();
            return [];
        }
    }

    /// <summary>Deletes entries and acknowledges them, in one step.</summary>
    /// <exception cref="RedisException">The server does not answer, or refuses: they are still pending.</exception>
    public async Task AcknowledgeAsync(IReadOnlyList<StreamDelivery> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
            return;
        // Deleted first: a pending entry that is gone harms nothing, one that is neither pending nor gone is never delivered again.
        const string Script = """
            redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
            redis.call('XACK', KEYS[1], unpack(ARGV))
            """;
        using var activity = StreamActivity.StartSettle(stream, group, entries.Count);
        await _database.ScriptEvaluateAsync(Script, [stream], [group, .. entries.Select(delivery => delivery.Entry.Id)]);
        SetDone(entries.Count);
    }

    /// <summary>This consumer still works on the entry: nobody else claims it for a while.</summary>
    public Task KeepAsync(StreamDelivery entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _database.StreamClaimIdsOnlyAsync(stream, group, name, 0, [entry.Entry.Id]);
    }

    /// <summary>Acknowledges an entry and appends to another stream what is to be known of it, in one step and once.</summary>
    /// <param name="entry">The entry, which leaves its stream.</param>
    /// <param name="other">The stream appended to.</param>
    /// <param name="maxLength">About how many entries that one keeps; the oldest go first.</param>
    /// <param name="fields">What is appended.</param>
    public async Task PutAsideAsync(StreamDelivery entry, string other, int maxLength, IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(entry);
        // XLEN fails, before anything is changed, where the other key is no stream.
        const string Script = """
            redis.call('XLEN', KEYS[2])
            if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
                redis.call('XDEL', KEYS[1], ARGV[2])
                redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
            end
            """;
        using var activity = StreamActivity.StartSettle(stream, group, 1);
        await _database.ScriptEvaluateAsync(
            Script, [stream, other], [group, entry.Entry.Id, maxLength, .. fields.SelectMany(field => (RedisValue[])[field.Key, field.Value])]);
        SetDone(1);
    }

    private void SetDone(int entries)
    {
        _handedOut -= entries;
        _hasPending = _handedOut > 0;
    }

    private async Task<IReadOnlyList<StreamDelivery>> ReadNewAsync(int count)
    {
        var reply = await _database.ExecuteAsync(
            "XREADGROUP", ["GROUP", group, name, "COUNT", count, "BLOCK", (int)Block.TotalMilliseconds, "STREAMS", (RedisKey)stream, ">"]);
        return reply.IsNull ? [] : [.. StreamReply.ToEntries(reply).Select(entry => new StreamDelivery(entry, 1))];
    }

    /// <summary>From the stream's beginning: entries that were appended before any consumer came are work too.</summary>
    private async Task CreateGroupAsync()
    {
        try
        {
            await _database.StreamCreateConsumerGroupAsync(stream, group, StreamPosition.Beginning);
        }
        catch (RedisServerException exists) when (exists.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // Another consumer came first.
        }
    }
}
