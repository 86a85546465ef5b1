using StackExchange.Redis;

namespace Fib.ServiceDefaults.Streams;

/// <summary>
/// One consumer of a Redis stream's consumer group, with at-least-once delivery: an entry stays pending until it is
/// acknowledged, and one whose consumer died is claimed after <see cref="MinIdle"/>. Acknowledged entries are deleted, so
/// the stream holds the backlog and nothing else. Not thread-safe: one loop reads.
/// </summary>
public sealed class GroupConsumer(IConnectionMultiplexer connection, string stream, string group, string name, TimeProvider time)
{
    /// <summary>How long a read waits for new entries.</summary>
    public static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    /// <summary>How long an entry must have been with another consumer before it is claimed.</summary>
    public static readonly TimeSpan MinIdle = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ClaimInterval = TimeSpan.FromSeconds(5);

    private readonly IDatabase _database = connection.GetDatabase();
    private DateTimeOffset _nextClaim;

    /// <summary>Entries are with this consumer that were handed out and not acknowledged, or were on their way when the connection broke.</summary>
    private bool _hasPending;

    private int _handedOut;

    /// <summary>A name that no other process has: host name and a short instance id.</summary>
    public static string CreateName() => $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>
    /// This consumer's own entries that were not acknowledged, else those of dead consumers, else new ones; empty where
    /// none came within <see cref="Block"/>.
    /// </summary>
    /// <exception cref="RedisException">The server is away.</exception>
    public async Task<IReadOnlyList<StreamEntry>> ReadAsync(int count)
    {
        try
        {
            var entries = _hasPending ? await ReadGroupAsync(count, "0") : [];
            _hasPending = true;
            if (entries.Count == 0)
                entries = await ClaimAsync(count);
            if (entries.Count == 0)
                entries = await ReadGroupAsync(count, ">", "BLOCK", (int)Block.TotalMilliseconds);
            _handedOut = entries.Count;
            _hasPending = entries.Count > 0;
            return entries;
        }
        catch (RedisServerException missing) when (missing.Message.StartsWith("NOGROUP", StringComparison.Ordinal))
        {
            await CreateGroupAsync();
            return [];
        }
    }

    /// <summary>The entries are done with.</summary>
    public async Task AcknowledgeAsync(IReadOnlyList<StreamEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        RedisValue[] ids = [.. entries.Select(entry => entry.Id)];
        var acknowledged = _database.StreamAcknowledgeAsync(stream, group, ids);
        var deleted = _database.StreamDeleteAsync(stream, ids);
        await acknowledged;
        await deleted;
        _handedOut -= entries.Count;
        _hasPending = _handedOut > 0;
    }

    private async Task<IReadOnlyList<StreamEntry>> ClaimAsync(int count)
    {
        if (time.GetUtcNow() < _nextClaim)
            return [];
        var claimed = await _database.StreamAutoClaimAsync(stream, group, name, (long)MinIdle.TotalMilliseconds, "0-0", count);
        if (claimed.ClaimedEntries.Length < count)
            _nextClaim = time.GetUtcNow() + ClaimInterval;
        return claimed.ClaimedEntries;
    }

    /// <summary>From "0": this consumer's pending entries; from ">": new ones.</summary>
    private async Task<IReadOnlyList<StreamEntry>> ReadGroupAsync(int count, string from, params object[] options)
    {
        var reply = await _database.ExecuteAsync("XREADGROUP", ["GROUP", group, name, "COUNT", count, .. options, "STREAMS", (RedisKey)stream, from]);
        return reply.IsNull ? [] : StreamReply.ToEntries(reply);
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
