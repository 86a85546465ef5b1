using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using StandIns.Tests.Support;
using static StandIns.Tests.Support.PipeReading;

namespace StandIns.Tests.Sockets;

public sealed class SocketConnectionTests
{
    [Fact]
    public async Task What_comes_in_pieces_is_read_as_one()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        var bytes = RandomBytes(3000);

        var reading = connection.Input.ReadExactlyAsync(bytes.Length);
        for (var i = 0; i < bytes.Length; i += 100) await pair.Peer.SendAsync(bytes.AsMemory(i, 100));

        Assert.Equal(bytes, await reading);
        Assert.Equal(bytes.Length, connection.BytesRead);
        Assert.InRange(connection.LastReceived, 1, bytes.Length);
    }

    [Fact]
    public async Task Megabytes_go_both_ways_at_once_unchanged()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        byte[] there = RandomBytes(6_000_000), back = RandomBytes(6_000_000);

        var arrived = pair.ReceiveAsync(there.Length);
        var reading = connection.Input.ReadExactlyAsync(back.Length);
        _ = pair.Peer.SendAsync(back);
        foreach (var part in there.Chunk(70_000)) await connection.Output.WriteAsync(part);

        Assert.Equal(there, await arrived);
        Assert.Equal(back, await reading);
    }

    [Fact]
    public async Task PeerEnds_WhatItSentIsReadAndThenTheEndWithoutError()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        await pair.Peer.SendAsync("abc"u8.ToArray());
        pair.Peer.Shutdown(SocketShutdown.Send);

        Assert.Equal("abc"u8.ToArray(), await connection.Input.ReadExactlyAsync(3));
        var end = await connection.Input.ReadAsync().AsTask().WaitAsync(Until.Deadline);

        Assert.True(end.IsCompleted && end.Buffer.IsEmpty);
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, connection.ShutdownKind);
        Assert.Equal(SocketError.Success, connection.SocketError);
    }

    [Fact]
    public async Task PeerResets_ReadAndFlushFailAsTheClientExpects()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        pair.Peer.LingerState = new LingerOption(true, 0);
        pair.Peer.Close();

        await Assert.ThrowsAnyAsync<IOException>(async () => await connection.Input.ReadAsync().AsTask().WaitAsync(Until.Deadline));
        await connection.Output.WriteUntilResetAsync();
        Assert.Equal(PipeShutdownKind.ReadSocketError, connection.ShutdownKind);
        Assert.Equal(SocketError.ConnectionReset, connection.SocketError);
    }

    [Fact]
    public async Task PeerDoesNotRead_FlushWaitsAndThenAllArrivesInOrder()
    {
        using var pair = await SocketPair.CreateAsync();
        pair.Near.SendBufferSize = pair.Peer.ReceiveBufferSize = 16 * 1024;
        using var connection = pair.Connection(pauseAt: 64 * 1024);
        var bytes = RandomBytes(8_000_000);

        var writing = connection.Output.WriteAsync(bytes).AsTask();
        await Until.TrueAsync(() => connection.BytesSent > 0 || connection.GetCounters().BytesWaitingToBeSent > 0, "sending starts");
        Assert.False(writing.IsCompleted);

        Assert.Equal(bytes, await pair.ReceiveAsync(bytes.Length));
        Assert.False((await writing.WaitAsync(Until.Deadline)).IsCompleted);
        await Until.TrueAsync(() => connection.GetCounters().BytesWaitingToBeSent == 0, "all counts as sent");
    }

    [Fact]
    public async Task WeDoNotRead_ThePeerIsHeldUpAndThenAllArrivesInOrder()
    {
        using var pair = await SocketPair.CreateAsync();
        pair.Peer.SendBufferSize = pair.Near.ReceiveBufferSize = 16 * 1024;
        using var connection = pair.Connection(pauseAt: 64 * 1024);
        var bytes = RandomBytes(8_000_000);

        var sending = pair.Peer.SendAsync(bytes);
        await Until.TrueAsync(() => connection.GetCounters().BytesWaitingToBeRead >= 64 * 1024, "the pipe is full");
        Assert.False(sending.IsCompleted);
        Assert.True(connection.BytesRead < 1_000_000);

        foreach (var part in bytes.Chunk(8000)) Assert.Equal(part, await connection.Input.ReadExactlyAsync(part.Length));
        Assert.Equal(0, connection.GetCounters().BytesWaitingToBeRead);
    }

    [Fact]
    public async Task FlushCancelled_ThrowsAndLosesNothing()
    {
        using var pair = await SocketPair.CreateAsync();
        pair.Near.SendBufferSize = pair.Peer.ReceiveBufferSize = 16 * 1024;
        using var connection = pair.Connection(pauseAt: 64 * 1024);
        var bytes = RandomBytes(8_000_000);
        using var source = new CancellationTokenSource();

        var writing = connection.Output.WriteAsync(bytes, source.Token).AsTask();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.Equal(bytes, await pair.ReceiveAsync(bytes.Length));
    }

    [Fact]
    public async Task OutputCompleted_ThePeerGetsAllAndThenTheEnd()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();
        await connection.Output.WriteAsync("abc"u8.ToArray());
        await connection.Output.CompleteAsync();

        Assert.Equal("abc"u8.ToArray(), await pair.ReceiveAsync(3));
        Assert.Equal(0, await pair.Peer.ReceiveAsync(new byte[1]).WaitAsync(Until.Deadline));
        Assert.Equal(PipeShutdownKind.WriteEndOfStream, connection.ShutdownKind);
    }

    [Fact]
    public async Task TrySetProtocolShutdown_AnyLaterKind_Loses()
    {
        using var pair = await SocketPair.CreateAsync();
        using var connection = pair.Connection();

        Assert.True(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        Assert.False(connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        connection.Dispose();

        Assert.Equal(PipeShutdownKind.ProtocolExitClient, connection.ShutdownKind);
        Assert.Equal(-1, connection.GetCounters().BytesAvailableOnSocket);
    }

    [Fact]
    public void SetRecommendedClientOptions_DelayIsOffWhereThereIsOne()
    {
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        SocketConnection.SetRecommendedClientOptions(tcp);
        SocketConnection.SetRecommendedClientOptions(unix);

        Assert.True(tcp.NoDelay);
    }
}
