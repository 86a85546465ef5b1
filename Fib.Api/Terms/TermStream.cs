using Fib.Api.Database;
using StackExchange.Redis;

namespace Fib.Api.Terms;

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
