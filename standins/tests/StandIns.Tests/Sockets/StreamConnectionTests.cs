using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using StandIns.Tests.Support;
using static StandIns.Tests.Support.PipeReading;

namespace StandIns.Tests.Sockets;

public sealed class StreamConnectionTests
{
    [Fact]
    public async Task Megabytes_go_both_ways_at_once_through_tls_unchanged()
    {
        using var pair = await SocketPair.CreateAsync();
        var (near, peer) = await SecureAsync(pair);
        await using var peerStream = peer;
        var pipe = StreamConnection.GetDuplex(near, SocketPair.Options(1 << 20), SocketPair.Options(1 << 20), "test");
        using var disposing = (IDisposable)pipe;
        byte[] there = RandomBytes(6_000_000), back = RandomBytes(6_000_000), arrived = new byte[there.Length];

        var receiving = peer.ReadExactlyAsync(arrived).AsTask();
        var reading = pipe.Input.ReadExactlyAsync(back.Length);
        var sending = peer.WriteAsync(back).AsTask();
        foreach (var part in there.Chunk(70_000)) await pipe.Output.WriteAsync(part);
        await Task.WhenAll(receiving, sending).WaitAsync(Until.Deadline);

        Assert.Equal(back, await reading);
        Assert.Equal(there, arrived);
        var measured = Assert.IsType<IMeasuredDuplexPipe>(pipe, exactMatch: false);
        await Until.TrueAsync(() => measured.TotalBytesSent == there.Length, "all counts as sent");
        Assert.Equal(back.Length, measured.TotalBytesReceived);
    }

    [Fact]
    public async Task Disposed_ThePeerGetsWhatWasWrittenThenTheEndAndTheStreamIsDisposed()
    {
        using var pair = await SocketPair.CreateAsync();
        var (near, peer) = await SecureAsync(pair);
        await using var peerStream = peer;
        var pipe = StreamConnection.GetDuplex(near);
        await pipe.Output.WriteAsync("abc"u8.ToArray());

        ((IDisposable)pipe).Dispose();

        var rest = new MemoryStream();
        await peer.CopyToAsync(rest).WaitAsync(Until.Deadline);
        Assert.Equal("abc"u8.ToArray(), rest.ToArray());
        await Until.TrueAsync(() => !near.CanRead, "the stream is disposed");
    }

    [Fact]
    public async Task Disposed_AFarewellGoesOutBeforeTheSocketEnds()
    {
        using var pair = await SocketPair.CreateAsync();
        var (near, peer) = await SecureAsync(pair);
        await using var peerStream = peer;

        ((IDisposable)StreamConnection.GetDuplex(near)).Dispose();

        // Nothing was written: what comes, below TLS, is the alert that closes it.
        Assert.NotEqual(0, await pair.Peer.ReceiveAsync(new byte[1000]).WaitAsync(Until.Deadline));
    }

    [Fact]
    public async Task PeerDoesNotRead_DisposingStillEnds()
    {
        using var pair = await SocketPair.CreateAsync();
        pair.Near.SendBufferSize = pair.Peer.ReceiveBufferSize = 16 * 1024;
        var (near, peer) = await SecureAsync(pair);
        await using var peerStream = peer;
        var pipe = StreamConnection.GetDuplex(near, SocketPair.Options(64 * 1024), null);
        var writing = pipe.Output.WriteAsync(RandomBytes(8_000_000)).AsTask();
        Assert.False(writing.IsCompleted);

        ((IDisposable)pipe).Dispose();

        await Until.TrueAsync(() => !near.CanRead, "the stream is disposed");
        await Until.TrueAsync(() => writing.IsCompleted, "the flush ends");
    }

    [Fact]
    public async Task StreamBreaks_ReadAndFlushFailAsTheClientExpects()
    {
        using var pair = await SocketPair.CreateAsync();
        var (near, peer) = await SecureAsync(pair);
        await using var peerStream = peer;
        var pipe = StreamConnection.GetDuplex(near);
        using var disposing = (IDisposable)pipe;
        pair.Peer.LingerState = new LingerOption(true, 0);
        pair.Peer.Close();

        await Assert.ThrowsAnyAsync<IOException>(async () => await pipe.Input.ReadAsync().AsTask().WaitAsync(Until.Deadline));
        await pipe.Output.WriteUntilResetAsync();
    }

    [Fact]
    public async Task GetReader_ReadsTheStreamToItsEnd()
    {
        var bytes = RandomBytes(100_000);
        var reader = StreamConnection.GetReader(new MemoryStream(bytes));

        Assert.Equal(bytes, await reader.ReadExactlyAsync(bytes.Length));
        Assert.True((await reader.ReadAsync()).IsCompleted);
        await reader.CompleteAsync();
    }

    [Fact]
    public void GetDuplex_StreamThatCannotWrite_IsRefused() =>
        Assert.Throws<ArgumentException>(() => StreamConnection.GetDuplex(new MemoryStream([], writable: false)));

    private static async Task<(SslStream Near, SslStream Peer)> SecureAsync(SocketPair pair)
    {
        using var certificate = SelfMadeCertificate.Create();
        var hash = certificate.GetCertHashString();
        var near = new SslStream(new NetworkStream(pair.Near, ownsSocket: true), false, (_, shown, _, _) => shown?.GetCertHashString() == hash);
        var peer = new SslStream(new NetworkStream(pair.Peer, ownsSocket: true));
        await Task.WhenAll(peer.AuthenticateAsServerAsync(certificate), near.AuthenticateAsClientAsync("localhost"));
        return (near, peer);
    }
}
