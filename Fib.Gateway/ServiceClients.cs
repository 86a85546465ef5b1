using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>The connections to the services: given up early, and a short body goes with its head.</summary>
internal sealed class ServiceClients(ILogger<ForwarderHttpClientFactory> log) : ForwarderHttpClientFactory(log)
{
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1.5);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = ConnectTimeout;
        // Byte by byte, as Kestrel read them.
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1;
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) => new ShortBodyHandler(handler);
}
