using System.Net.WebSockets;
using System.Text;

namespace Fib.Web.Development;

/// <summary>
/// Sends the current source version to an open page, over a WebSocket at <c>/ws</c>; the page reloads if it has another version.
/// </summary>
internal static class ReloadSocket
{
    public static void MapReloadSocket(this WebApplication app)
    {
        // Set by dotnet watch.
        if (app.Configuration["DOTNET_WATCH"] == "1")
            SourceVersion.WatchFiles(app.Environment.WebRootPath);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        app.MapGet("/ws", (HttpContext context, IHostApplicationLifetime lifetime) => ServeAsync(context, lifetime.ApplicationStopping));
    }

    private static async Task ServeAsync(HttpContext context, CancellationToken stopping)
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
            await SendVersionsAsync(socket, ended.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The page was closed, or the web service stops: an open page reconnects.
        }
    }

    private static async Task SendVersionsAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        Task closed = socket.ReceiveAsync(new ArraySegment<byte>(new byte[1]), cancellationToken);
        Task edited;
        do
        {
            edited = SourceVersion.Edited;
            await socket.SendAsync(
                Encoding.ASCII.GetBytes(SourceVersion.Current), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        while (await Task.WhenAny(closed, edited) == edited);
        await closed;
    }
}
