using System.Diagnostics;
using System.Text;
using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Api.Terms;

/// <summary>The digits of computed terms: short terms are in their outcome, long ones in Redis.</summary>
internal sealed class TermDigitsStore(IConnectionMultiplexer redis, BacklogAppender appender)
{
    /// <summary>
    /// Returns the term's length, both ends, and the reason of a failure, and marks the term as used now. The length is 0 if Redis
    /// does not have the term; the reason is empty if there is none.
    /// </summary>
    private const string FindScript = """
        local length, reason = redis.pcall('STRLEN', KEYS[1]), redis.pcall('GET', KEYS[3])
        if type(reason) ~= 'string' then reason = '' end
        if type(length) == 'table' or length == 0 then return {0, '', '', reason} end
        local time = redis.call('TIME')
        redis.pcall('ZADD', KEYS[2], 'XX', string.format('%.0f', time[1] * 1000000 + time[2]), KEYS[1])
        return {length, redis.call('GETRANGE', KEYS[1], 0, ARGV[1] - 1), redis.call('GETRANGE', KEYS[1], -ARGV[1], -1), reason}
        """;

    private static readonly TimeSpan RecomputationInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Opens the digits of a computed term as a seekable stream. If Redis does not have them, they are null, and either the index is on
    /// the backlog again or a worker has failed to compute it again within the last minute.
    /// </summary>
    public async Task<(Stream? Digits, string? Failure)> OpenAsync(
        SequenceIndex index, StoredOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Digits <= TermPreview.WholeDigits)
            return (new MemoryStream(Encoding.ASCII.GetBytes(outcome.Preview), writable: false), null);

        var database = redis.GetDatabase();
        RedisKey key = BacklogKeys.Term(index);
        var script = database.ScriptEvaluateAsync(
            FindScript, [key, BacklogKeys.TermsByUse, BacklogKeys.Failure(index)], [TermPreview.EndDigits]);
        var found = (RedisResult[])(await script.WaitAsync(cancellationToken))!;
        // Otherwise the key holds another value or none, and the worker replaces it.
        if (TermPreview.Shorten((string)found[1]!, (string)found[2]!, (int)found[0]) == outcome.Preview)
            return (new TermStream(database, key, outcome.Digits), null);
        if ((string)found[3]! is { Length: > 0 } reason)
            return (null, reason);
        var lease = database.TryAcquireLeaseAsync(BacklogKeys.Recomputation(index), RecomputationInterval, RecomputationInterval);
        if (await lease.WaitAsync(cancellationToken))
            await appender.AppendAsync(index, Activity.Current?.Context ?? default).WaitAsync(cancellationToken);
        return default;
    }
}

/// <summary>
/// A term's digits in Redis as a seekable stream: a range reads only its own bytes, and memory never holds the whole term.
/// </summary>
internal sealed class TermStream(IDatabase redis, RedisKey key, long length) : Stream
{
    private const int ChunkBytes = 64 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    /// <exception cref="EndOfStreamException">Redis evicted the term meanwhile.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Math.Min(Math.Min(buffer.Length, ChunkBytes), length - Position);
        if (wanted <= 0)
            return 0;
        byte[]? chunk = await ReadRetry.RepeatAsync(
            () => redis.StringGetRangeAsync(key, Position, Position + wanted - 1).WaitAsync(cancellationToken),
            TimeProvider.System, cancellationToken);
        if (chunk is not { Length: > 0 })
            throw new EndOfStreamException($"{key} was evicted while it was read.");
        chunk.CopyTo(buffer);
        Position += chunk.Length;
        return chunk.Length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => length + offset };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A term never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A term never changes.");
}
