using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fib.ServiceDefaults.Health;

/// <summary>
/// Requests <c>/alive</c> from the service on this machine's loopback address: the health check of a container without a shell or curl.
/// </summary>
internal static class AliveProbe
{
    public const string Argument = "--health";

    public const string PortVariable = "ASPNETCORE_HTTP_PORTS";

    private const int DefaultPort = 8080;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Sends one request.</summary>
    /// <param name="ports">
    /// The value of <see cref="PortVariable"/>: ports separated by semicolons, of which the first is used; 8080 if unset.
    /// </param>
    /// <returns>0 if the response is 200 within three seconds, else 1.</returns>
    public static async Task<int> RunAsync(string? ports)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout);
            return await IsAliveAsync(ReadPort(ports), timeout.Token) ? 0 : 1;
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            return 1;
        }
    }

    /// <summary>Uses a socket: loading HttpClient takes longer than the whole probe.</summary>
    private static async Task<bool> IsAliveAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await socket.SendAsync("GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        var status = new byte["HTTP/1.1 200".Length];
        await using var response = new NetworkStream(socket);
        await response.ReadExactlyAsync(status, cancellationToken);
        return Encoding.ASCII.GetString(status) == "HTTP/1.1 200";
    }

    private static int ReadPort(string? ports) =>
        int.TryParse(ports?.Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : DefaultPort;
}
