using System.Net.WebSockets;
using System.Text;

namespace Fib.Web.Development;

/// <summary>Hot reload: an open page keeps a WebSocket to <c>/ws</c>, hears which start of the web it talks to, and reloads when that is another than its own.</summary>
internal static class ReloadSocket
{
    /// <summary>Names this start of the web.</summary>
    public static string Start { get; } = Guid.NewGuid().ToString("N");

    public static void MapReloadSocket(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        app.MapGet("/ws", (HttpContext context, IHostApplicationLifetime lifetime) => HoldAsync(context, lifetime.ApplicationStopping));
    }

    private static async Task HoldAsync(HttpContext context, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(Start), WebSocketMessageType.Text, endOfMessage: true, ended.Token);
            await socket.ReceiveAsync(new byte[1], ended.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The page was left, or the web stops: the page connects again.
        }
    }
}
