using System.Net.WebSockets;
using System.Text;

namespace Fib.Rehearsal.Checks;

/// <summary>A frame passes from the web through the router to a visitor.</summary>
internal static class WebSocketCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Connects to <c>/ws</c> and reads the first frame.</summary>
    /// <exception cref="WebSocketException">There is no WebSocket.</exception>
    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(FrontDoor.Address) { Scheme = "ws", Path = "/ws" }.Uri, deadline.Token);
        var frame = new byte[256];
        var received = await socket.ReceiveAsync(frame, deadline.Token);
        return received is { MessageType: WebSocketMessageType.Text, Count: > 0 }
            ? $"a text frame: {Encoding.UTF8.GetString(frame, 0, received.Count)}"
            : throw new CheckFailedException($"a frame of type {received.MessageType} with {received.Count} bytes");
    }
}
