using System.Net;
using Microsoft.Net.Http.Headers;

namespace Fib.Gateway;

/// <summary>A whole response in memory, with which any number of requests are answered.</summary>
internal sealed class SharedResponse
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>The size of a piece of the body: too small for the large object heap.</summary>
    private const int ChunkBytes = 64 * 1024;

    private readonly ResponseHeaders _headers;
    private readonly byte[][] _chunks;
    private readonly int _length;
    private readonly MemoryBudget _memory;
    private int _readers;

    private SharedResponse(ResponseHeaders headers, byte[][] chunks, MemoryBudget memory) =>
        (_headers, _chunks, _length, _memory) = (headers, chunks, chunks.Sum(chunk => chunk.Length), memory);

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
            var headers = await ResponseHeaders.CopyAsync(response, cancellationToken);
            return new SharedResponse(headers, await ReadChunksAsync(response.Content, length, cancellationToken), memory);
        }
        finally
        {
            // From here on those that send it take the memory.
            memory.Return(length);
        }
    }

    /// <summary>Answers a request. The body takes memory until it is sent.</summary>
    public async Task WriteAsync(HttpResponse target)
    {
        AddReader();
        try
        {
            _headers.AddTo(target);
            target.ContentLength = _length;
            // After the client has disconnected, this writes nothing and throws nothing.
            foreach (var chunk in _chunks)
                await target.BodyWriter.WriteAsync(chunk, CancellationToken.None);
        }
        finally
        {
            RemoveReader();
        }
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
