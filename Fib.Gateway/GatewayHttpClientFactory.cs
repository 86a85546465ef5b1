using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>Creates YARP's HTTP clients, with a short connect timeout; short request bodies are sent together with their headers.</summary>
internal sealed class GatewayHttpClientFactory(ILogger<ForwarderHttpClientFactory> log) : ForwarderHttpClientFactory(log)
{
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// A connection with HTTP/2 is closed if nothing was received for twice this time. Otherwise every new request to a replica that
    /// vanished would wait for its own timeout.
    /// </summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(4);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = ConnectTimeout;
        (handler.KeepAlivePingDelay, handler.KeepAlivePingTimeout) = (PingInterval, PingInterval);
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
