using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fib.ServiceDefaults.Health;

/// <summary>Asks the service on this machine's loopback address for <c>/alive</c>: a container's health check that needs no shell and no curl.</summary>
internal static class AliveProbe
{
    public const string Argument = "--health";

    public const string PortVariable = "ASPNETCORE_HTTP_PORTS";

    private const int DefaultPort = 8080;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks once.</summary>
    /// <param name="ports">What <see cref="PortVariable"/> says: ports separated by semicolons; 8080 where it says nothing.</param>
    /// <returns>0 if the answer is 200 within three seconds, else 1.</returns>
    public static async Task<int> RunAsync(string? ports)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return await AnswersAsync(ReadPort(ports), patience.Token) ? 0 : 1;
        }
        catch (Exception silent) when (silent is SocketException or IOException or OperationCanceledException)
        {
            return 1;
        }
    }

    /// <summary>By hand: loading the HTTP client takes longer than all of this.</summary>
    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await socket.SendAsync("GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        var status = new byte["HTTP/1.1 200".Length];
        await using var answer = new NetworkStream(socket);
        await answer.ReadExactlyAsync(status, cancellationToken);
        return Encoding.ASCII.GetString(status) == "HTTP/1.1 200";
    }

    private static int ReadPort(string? ports) =>
        int.TryParse(ports?.Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : DefaultPort;
}
