using System.Net;
using Microsoft.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>A whole response in memory, from which any number of equal responses are created.</summary>
internal sealed class SharedResponse
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The size of a piece of the body: too small for the large object heap.</summary>
    private const int ChunkBytes = 64 * 1024;

    private readonly Version _version;
    private readonly CopiedHeaders _headers, _contentHeaders;
    private readonly byte[][] _chunks;
    private readonly int _length;
    private readonly MemoryBudget _memory;
    private int _readers;

    private SharedResponse(HttpResponseMessage response, byte[][] chunks, MemoryBudget memory)
    {
        (_version, _chunks, _length, _memory) = (response.Version, chunks, chunks.Sum(chunk => chunk.Length), memory);
        (_headers, _contentHeaders) = (new(response.Headers.NonValidated), new(response.Content.Headers.NonValidated));
    }

    /// <summary>Whether a response is a success whose length is known and short. A cookie is for one client only.</summary>
    public static bool CanShare(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentLength <= MaxBytes
        && !response.Headers.NonValidated.Contains(HeaderNames.SetCookie);

    /// <summary>Reads a response that <see cref="CanShare"/>; null while slow clients hold too much memory.</summary>
    public static async Task<SharedResponse?> ReadAsync(
        HttpResponseMessage response, MemoryBudget memory, CancellationToken cancellationToken)
    {
        var length = (int)response.Content.Headers.ContentLength!.Value;
        if (!memory.TryTake(length))
            return null;
        try
        {
            return new SharedResponse(response, await ReadChunksAsync(response.Content, length, cancellationToken), memory);
        }
        finally
        {
            // From here on those that send it take the memory.
            memory.Return(length);
        }
    }

    /// <summary>Creates an equal response. Its body takes memory until it or its stream is disposed.</summary>
    public HttpResponseMessage CreateMessage()
    {
        var message = new HttpResponseMessage { Version = _version, Content = new SharedContent(this) };
        _headers.AddTo(message.Headers);
        _contentHeaders.AddTo(message.Content.Headers);
        return message;
    }

    private static async Task<byte[][]> ReadChunksAsync(HttpContent content, int length, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var chunks = new byte[(length + ChunkBytes - 1) / ChunkBytes][];
        for (var i = 0; i < chunks.Length; i++)
        {
            chunks[i] = GC.AllocateUninitializedArray<byte>(Math.Min(ChunkBytes, length - (i * ChunkBytes)));
            await body.ReadExactlyAsync(chunks[i], cancellationToken);
        }

        // Receives the end of the stream, without which HTTP/2 would cancel it.
        await body.CopyToAsync(Stream.Null, cancellationToken);
        return chunks;
    }

    private void AddReader()
    {
        if (Interlocked.Increment(ref _readers) == 1)
            _memory.Take(_length);
    }

    private void RemoveReader()
    {
        if (Interlocked.Decrement(ref _readers) == 0)
            _memory.Return(_length);
    }

    /// <summary>The body of one of the responses, which is read once.</summary>
    private sealed class SharedContent : HttpContent
    {
        private readonly SharedResponse _response;
        private bool _isReleased;

        public SharedContent(SharedResponse response)
        {
            _response = response;
            response.AddReader();
        }

        protected override Task<Stream> CreateContentReadStreamAsync() =>
            Task.FromResult<Stream>(new ChunkStream(_response._chunks, Release));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var body = await CreateContentReadStreamAsync();
            await body.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _response._length;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            Release();
            base.Dispose(disposing);
        }

        private void Release()
        {
            if (!Interlocked.Exchange(ref _isReleased, true))
                _response.RemoveReader();
        }
    }

    private sealed class ChunkStream(byte[][] chunks, Action release) : Stream
    {
        private int _chunk, _offset;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (_chunk == chunks.Length)
                return 0;
            var rest = chunks[_chunk].AsSpan(_offset);
            var read = Math.Min(rest.Length, buffer.Length);
            rest[..read].CopyTo(buffer);
            (_chunk, _offset) = read == rest.Length ? (_chunk + 1, 0) : (_chunk, _offset + read);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<int>(cancellationToken)
                : ValueTask.FromResult(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            release();
            base.Dispose(disposing);
        }
    }
}

/// <summary>The memory of the shared responses that are being read or sent, the latter at the pace of their clients. Thread-safe.</summary>
internal sealed class MemoryBudget
{
    /// <summary>With this many bytes taken, no further response is read.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    private long _taken;

    /// <summary>Takes memory for a response that is about to be read; false if too much is taken.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= MaxBytes)
            return true;
        Return(bytes);
        return false;
    }

    /// <summary>Takes memory for a response that is already there.</summary>
    public void Take(int bytes) => Interlocked.Add(ref _taken, bytes);

    /// <summary>Returns taken memory.</summary>
    public void Return(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
