using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using StandIns.Tests.Support;

namespace StandIns.Tests.Sockets;

public sealed class ShutdownRaceTests
{
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

            await Task.Run(connection.ShutDownLikeTheClient);

            await Task.WhenAll(reading, writing, peer).WaitAsync(Until.Deadline);
        }
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
        catch (SocketException)
        {
            // The other side went away with bytes unread.
        }
    }
}
