using System.Net.Sockets;
using System.Text;

namespace Fib.Tests.Support;

/// <summary>Sends requests that no HTTP client can send.</summary>
internal static class RawConnection
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Sends a text and reads until the server closes the connection.</summary>
    /// <param name="server">The address to connect to.</param>
    /// <param name="text">The request; each character is sent as one byte.</param>
    /// <param name="breakOff">Whether to close the sending side after the text, as a disconnecting client does.</param>
    public static async Task<string> SendAsync(Uri server, string text, bool breakOff = false)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        var response = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), deadline.Token);
            if (breakOff)
                client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(response, deadline.Token);
        }
        catch (IOException)
        {
            // A server may respond before it has read the whole request, and close the connection.
        }

        return Encoding.Latin1.GetString(response.ToArray());
    }
}
