using System.Net.Sockets;
using System.Text;

namespace Fib.Tests.Support;

/// <summary>Says to a server what no HTTP client would.</summary>
internal static class RawConnection
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Sends the characters as bytes and reads until the server closes.</summary>
    /// <param name="server">Whom to connect to.</param>
    /// <param name="text">What to send.</param>
    /// <param name="breakOff">Whether to end the sending side then, as a client does that goes away.</param>
    public static async Task<string> SendAsync(Uri server, string text, bool breakOff = false)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, deadline.Token);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), deadline.Token);
            if (breakOff)
                client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, deadline.Token);
        }
        catch (IOException)
        {
            // A server may answer before it has read everything, and close at once.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
