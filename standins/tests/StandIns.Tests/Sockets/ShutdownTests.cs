using System.Buffers;
using System.IO.Pipelines;
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

        ShutDown(connection);
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

        ShutDown(connection);
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

        ShutDown(connection);
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

        ShutDown(connection);
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

        ShutDown(connection);

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

    [Fact]
    public async Task Shut_down_races_a_reader_and_a_writer_and_neither_sees_an_error_but_the_closed_connection()
    {
        for (var round = 0; round < 300; round++)
        {
            using var pair = await SocketPair.CreateAsync();
            using var connection = pair.Connection();
            var reading = Task.Run(() => ReadLikeTheClientAsync(connection.Input));
            var writing = Task.Run(() => WriteLikeTheClientAsync(connection.Output));
            var peer = Task.Run(() => EchoAsync(pair));
            await Until.TrueAsync(() => connection.BytesRead > round * 10, "the echo runs");

            await Task.Run(() => ShutDown(connection));

            await Task.WhenAll(reading, writing, peer).WaitAsync(Until.Deadline);
        }
    }

    private static void ShutDown(SocketConnection connection)
    {
        connection.Input.CancelPendingRead();
        connection.Input.Complete();
        connection.Output.CancelPendingFlush();
        connection.Output.Complete();
        connection.Dispose();
    }

    private static async Task ReadLikeTheClientAsync(PipeReader input)
    {
        for (var bytes = 1L; ;)
        {
            if (bytes == 0 || !input.TryRead(out var read)) read = await input.ReadAsync();
            bytes = read.Buffer.Length;
            foreach (var memory in read.Buffer) Assert.Equal(-1, memory.Span.IndexOfAnyExcept((byte)7));
            input.AdvanceTo(read.Buffer.End, read.Buffer.End);
            if (bytes == 0 && read.IsCompleted) return;
        }
    }

    private static async Task WriteLikeTheClientAsync(PipeWriter output)
    {
        try
        {
            while (true)
            {
                for (var i = 0; i < 20; i++)
                {
                    output.GetSpan(50)[..50].Fill(7);
                    output.Advance(50);
                }

                await output.FlushAsync();
            }
        }
        catch (ConnectionResetException)
        {
            // What the client takes for a closed connection.
        }
    }

    private static async Task EchoAsync(SocketPair pair)
    {
        try
        {
            var buffer = new byte[4096];
            while (await pair.Peer.ReceiveAsync(buffer) is var count and > 0) await pair.Peer.SendAsync(buffer.AsMemory(0, count));
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The other side went away with bytes unread.
        }
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
