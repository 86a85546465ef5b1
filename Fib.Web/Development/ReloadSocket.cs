using System.Net.WebSockets;
using System.Text;

namespace Fib.Web.Development;

/// <summary>Tells an open page, over a WebSocket at <c>/ws</c>, from which version of the sources pages are made now; it reloads when that is not its own.</summary>
internal static class ReloadSocket
{
    public static void MapReloadSocket(this WebApplication app)
    {
        // Set by dotnet watch.
        if (app.Configuration["DOTNET_WATCH"] == "1")
            SourceVersion.WatchFiles(app.Environment.WebRootPath);
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
            await TellVersionsAsync(socket, ended.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The page was left, or the web stops: the page connects again.
        }
    }

    private static async Task TellVersionsAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        Task left = socket.ReceiveAsync(new ArraySegment<byte>(new byte[1]), cancellationToken);
        Task edited;
        do
        {
            edited = SourceVersion.Edited;
            await socket.SendAsync(Encoding.ASCII.GetBytes(SourceVersion.Current), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        while (await Task.WhenAny(left, edited) == edited);
        await left;
    }
}
