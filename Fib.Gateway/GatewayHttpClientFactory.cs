using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>
/// Creates the HTTP clients of YARP and of <see cref="ReplicaClient"/>, with a short connect timeout; short request bodies are sent together
/// with their headers.
/// </summary>
internal sealed class GatewayHttpClientFactory(TimeProvider time, ILogger<ForwarderHttpClientFactory> log) : ForwarderHttpClientFactory(log)
{
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// A connection with HTTP/2 that received nothing for this time is pinged, and closed if the answer takes too long. Otherwise every
    /// new request to a replica that vanished would wait for its own timeout. The HTTP client checks both times once a second, so they
    /// take up to two seconds more; that is less than the timeout of a request, so a GET is still repeated on another replica.
    /// </summary>
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(2), PingTimeout = TimeSpan.FromSeconds(5);

    private readonly Connector _connector = new(time);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = ConnectTimeout;
        (handler.KeepAlivePingDelay, handler.KeepAlivePingTimeout) = (PingDelay, PingTimeout);
        handler.ConnectCallback = _connector.ConnectAsync;
        // Latin-1 keeps every byte, as Kestrel read them.
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1;
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new ShortBodyHandler(handler);
}

/// <summary>
/// Reads a short request body before it sends anything. YARP flushes the headers of a request before its body, so that a
/// submission reaches the api in two packets. A slow client does not hold a connection to the api meanwhile either.
/// </summary>
internal sealed class ShortBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The longest body that is read first, in bytes: it fits HttpClient's buffer of 4 KiB after common headers.</summary>
    public const int MaxBytes = 3 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is { Headers.ContentLength: > 0 and <= MaxBytes } content
            ? SendBufferedAsync(request, content, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendBufferedAsync(
        HttpRequestMessage request, HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>
/// Opens connections. With HTTP/2 the client opens one at a time, and a failed one fails only one of the requests that wait for it. So
/// after a connect that timed out, further ones to this address fail immediately for a second.
/// </summary>
internal sealed class Connector(TimeProvider time)
{
    private static readonly TimeSpan FailureTime = TimeSpan.FromSeconds(1);

    /// <summary>The time of the last connect to each address that timed out.</summary>
    private readonly ConcurrentDictionary<DnsEndPoint, long> _timeouts = new();

    /// <exception cref="SocketException">The replica refused the connection, or did not answer the last one.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var address = context.DnsEndPoint;
        if (_timeouts.TryGetValue(address, out var timedOutAt) && time.GetElapsedTime(timedOutAt) < FailureTime)
            throw new SocketException((int)SocketError.TimedOut);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            _timeouts.TryRemove(address, out _);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is OperationCanceledException)
                _timeouts[address] = time.GetTimestamp();
            throw;
        }
    }
}
