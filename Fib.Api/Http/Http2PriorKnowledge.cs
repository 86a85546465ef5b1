using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fib.Api.Http;

/// <summary>
/// HTTP/2 with prior knowledge (RFC 9113, section 3.3) on the port of HTTP/1.1. On a port without TLS, Kestrel serves only one of the
/// two, because it expects TLS to negotiate the version. So this recognizes an HTTP/2 connection by its preface and reports HTTP/2 as
/// negotiated.
/// </summary>
internal static class Http2PriorKnowledge
{
    /// <summary>
    /// After this time a silent connection is left to HTTP/1.1, and Kestrel's own timeouts begin. One with only a part of the preface
    /// is closed.
    /// </summary>
    private static readonly TimeSpan PrefaceTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// While more than twice this number of a connection's requests have not ended, Kestrel rejects further ones; a request whose client
    /// has disconnected counts until it ends. It also bounds what waits for slow readers: at most 64 KiB for each request.
    /// </summary>
    private const int MaxRequestsPerConnection = 400;

    /// <summary>Above Kestrel's 100: the router adds headers, and HTTP/2 counts four for the request line.</summary>
    private const int MaxHeaders = 200;

    /// <summary>Kestrel's 32 KiB, and the 32 bytes that HTTP/2 counts in addition for each header (RFC 9113, section 6.5.2).</summary>
    private const int MaxHeaderBytes = 32 * 1024 + 32 * MaxHeaders;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Accepts HTTP/1.1 and HTTP/2 on every port without TLS.</summary>
    public static void AcceptHttp2(this KestrelServerOptions kestrel)
    {
        // A request's scheme is http, but Kestrel expects https where a version was negotiated.
        kestrel.AllowAlternateSchemes = true;
        // Otherwise Kestrel closes the shared connection if one client reads slowly. The router closes its connection to such a client.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxRequestsPerConnection;
        (kestrel.Limits.MaxRequestHeadersTotalSize, kestrel.Limits.MaxRequestHeaderCount) = (MaxHeaderBytes, MaxHeaders);
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => SelectVersionAsync(connection, next)));
    }

    private static async Task SelectVersionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        switch (await StartsWithPrefaceAsync(connection))
        {
            case null:
                connection.Abort(new ConnectionAbortedException("The connection began with a part of the preface of HTTP/2."));
                return;
            case true:
                connection.Features.Set<ITlsConnectionFeature>(new NoCertificate());
                connection.Features.Set<ITlsApplicationProtocolFeature>(new Http2Negotiated());
                break;
        }

        await next(connection);
    }

    /// <summary>
    /// Reads until the preface is complete or impossible. Everything that was read stays for the next reader. Null if only a part of
    /// the preface arrives in time.
    /// </summary>
    private static async Task<bool?> StartsWithPrefaceAsync(ConnectionContext connection)
    {
        bool? isPreface = false;
        var closing = connection.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().ConnectionClosedRequested;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(closing);
        deadline.CancelAfter(PrefaceTimeout);
        var input = connection.Transport.Input;
        try
        {
            do
            {
                var read = await input.ReadAsync(deadline.Token);
                isPreface = read.IsCompleted ? false : IsPreface(read.Buffer);
                input.AdvanceTo(read.Buffer.Start, isPreface is null ? read.Buffer.End : read.Buffer.Start);
            }
            while (isPreface is null);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // A shutdown, a client that sends nothing more, or a lost connection. Without a part of the preface Kestrel handles each
            // for HTTP/1.1.
        }

        return isPreface;
    }

    /// <summary>Null while more bytes can complete the preface.</summary>
    private static bool? IsPreface(ReadOnlySequence<byte> received)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(received.Length, Preface.Length)];
        received.Slice(0, start.Length).CopyTo(start);
        if (!Preface.StartsWith(start))
            return false;
        return start.Length == Preface.Length ? true : null;
    }

    /// <summary>Kestrel looks for a negotiated version only on a connection with this feature.</summary>
    private sealed class NoCertificate : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }

    private sealed class Http2Negotiated : ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();
    }
}
