using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace StandIns.Tests.Sockets;

public sealed class SocketAwaitableEventArgsTests
{
    [Fact]
    public async Task Connect_ToAListener_Succeeds()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Equal(0, await ConnectAsync(listener.LocalEndpoint));
    }

    [Fact]
    public async Task Connect_ToNobody_ThrowsTheSocketsError()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var gone = listener.LocalEndpoint;
        listener.Dispose();

        var failure = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(gone));

        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Abort_BeforeTheSocketCompletes_KeepsItsOutcome()
    {
        using var args = new SocketAwaitableEventArgs();
        Assert.False(args.IsCompleted);
        var waiting = AwaitAsync(args);

        args.Abort(SocketError.TimedOut);
        args.Complete();
        args.Abort();

        var failure = await Assert.ThrowsAsync<SocketException>(() => waiting);
        Assert.Equal(SocketError.TimedOut, failure.SocketErrorCode);
        Assert.True(args.IsCompleted);
    }

    [Fact]
    public async Task Abort_WithoutAnError_StillFails()
    {
        using var args = new SocketAwaitableEventArgs();
        args.Abort(SocketError.Success);

        var failure = await Assert.ThrowsAsync<SocketException>(() => AwaitAsync(args));

        Assert.Equal(SocketError.OperationAborted, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Complete_BeforeAbort_Succeeds()
    {
        using var args = new SocketAwaitableEventArgs();
        args.Complete();
        args.Abort();

        Assert.Equal(0, await AwaitAsync(args));
    }

    [Fact]
    public async Task Complete_RacingTheAwait_IsNeverMissed()
    {
        for (var i = 0; i < 2000; i++)
        {
            using var args = new SocketAwaitableEventArgs();
            var completing = Task.Run(args.Complete);
            Assert.Equal(0, await AwaitAsync(args));
            await completing;
        }
    }

    [Fact]
    public void GetResult_TooEarly_IsRefused()
    {
        using var args = new SocketAwaitableEventArgs();

        Assert.Throws<InvalidOperationException>(() => args.GetResult());
    }

    private static async Task<int> AwaitAsync(SocketAwaitableEventArgs args) => await args;

    private static async Task<int> ConnectAsync(EndPoint endPoint)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var args = new SocketAwaitableEventArgs { RemoteEndPoint = endPoint };
        if (!socket.ConnectAsync(args)) args.Complete();
        return await args;
    }
}
