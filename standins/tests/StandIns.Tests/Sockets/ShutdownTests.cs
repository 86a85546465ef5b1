using System.Buffers;
using Pipelines.Sockets.Unofficial;
using StandIns.Tests.Support;
using static StandIns.Tests.Support.PipeReading;

namespace StandIns.Tests.Sockets;

/// <summary>The client's way to shut down, from another thread, at every point of its own reading and writing.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Reading_ShutDownBetweenReadAndAdvance_AdvancesAndFindsTheEnd()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        await pair.Peer.SendAsync("abc"u8.ToArray());
        var read = await connection.Input.ReadAsync();

        connection.ShutDownLikeTheClient();
        connection.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);

        Assert.True((await connection.Input.ReadAsync()).IsCompleted);
        Assert.True(connection.Input.TryRead(out var last) && last.IsCompleted && last.Buffer.IsEmpty);
        connection.Input.AdvanceTo(last.Buffer.Start, last.Buffer.End);
    }

    [Fact]
    public async Task Reading_ShutDownWhileTheReadWaits_FindsTheEnd()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        var reading = connection.Input.ReadAsync().AsTask();

        connection.ShutDownLikeTheClient();
        var end = await reading.WaitAsync(Until.Deadline);
        connection.Input.AdvanceTo(end.Buffer.Start, end.Buffer.End);

        Assert.True(end.IsCompleted && end.Buffer.IsEmpty);
    }

    [Fact]
    public async Task Reading_ShutDownBetweenReadAndAdvance_TheBytesStayWhatTheyAre()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        var bytes = RandomBytes(50_000);
        await pair.Peer.SendAsync(bytes);
        await Until.TrueAsync(() => connection.BytesRead == bytes.Length, "all has arrived");
        var read = await connection.Input.ReadAsync();

        connection.ShutDownLikeTheClient();
        await FillPoolAsync();

        Assert.Equal(bytes, read.Buffer.ToArray());
        connection.Input.AdvanceTo(read.Buffer.End);
    }

    [Fact]
    public async Task Writing_ShutDownWithASpanOut_WritesOnAndIsToldByTheFlush()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        var memory = connection.Output.GetMemory(100);

        connection.ShutDownLikeTheClient();
        memory.Span.Fill(1);
        connection.Output.Advance(100);
        connection.Output.Write(RandomBytes(20_000));

        await Assert.ThrowsAsync<ConnectionResetException>(async () => await connection.Output.FlushAsync());
    }

    [Fact]
    public async Task Writing_ShutDownWhileTheFlushWaits_TheFlushEnds()
    {
        using var pair = await SocketPair.CreateAsync();
        pair.Near.SendBufferSize = pair.Peer.ReceiveBufferSize = 16 * 1024;
        using var connection = pair.Connection(pauseAt: 64 * 1024);
        var writing = connection.Output.WriteAsync(RandomBytes(8_000_000)).AsTask();

        connection.ShutDownLikeTheClient();

        // Which of the two depends on whether the sender or the flush comes to its end first.
        var failure = await Record.ExceptionAsync(async () => Assert.True((await writing.WaitAsync(Until.Deadline)).IsCanceled));
        Assert.True(failure is null or ConnectionResetException, $"{failure}");
    }

    [Fact]
    public async Task Disposed_ManyTimesFromManyThreads_EndsOnce()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(connection.Dispose)));

        Assert.Equal(PipeShutdownKind.PipeDisposed, connection.ShutdownKind);
        Assert.Equal(0, await pair.Peer.ReceiveAsync(new byte[1]).WaitAsync(Until.Deadline));
    }

    /// <summary>Takes what the pool has to give, on several threads, and overwrites it.</summary>
    private static Task FillPoolAsync() => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
    {
        for (var size = 4096; size <= 262_144; size *= 2)
        {
            var rented = Enumerable.Range(0, 40).Select(_ => ArrayPool<byte>.Shared.Rent(size)).ToList();
            rented.ForEach(array => array.AsSpan().Fill(0xEE));
            rented.ForEach(array => ArrayPool<byte>.Shared.Return(array));
        }
    })));
}
