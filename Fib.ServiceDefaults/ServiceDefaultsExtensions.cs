using System.Text;
using Fib.ServiceDefaults.Dependencies;
using Fib.ServiceDefaults.Health;
using Fib.ServiceDefaults.Security;
using Fib.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.ServiceDefaults;

/// <summary>The defaults of every service: telemetry, health endpoints, problem details.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// The number of connections that may wait to be accepted. Linux allows at most 4,096 by default (net.core.somaxconn). Kestrel's 512
    /// are too few for 1,000 pages that reconnect at once: a client repeats a dropped request for a connection after a second.
    /// </summary>
    private const int ListenBacklog = 4_096;

    private static readonly TimeSpan RequestHeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds telemetry (exported if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), a liveness check and problem details for every error.
    /// </summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureOpenTelemetry();
        builder.Services.AddDefaultHealthChecks();
        builder.Services.AddDependencies();
        builder.Services.AddShutdownTimeout();
        builder.Services.AddProblemDetails().AddSingleton<IProblemDetailsWriter, FallbackProblemDetailsWriter>();
        builder.Services.Configure<KeyManagementOptions>(EmptyKeyRepository.Configure);
        builder.WebHost.ConfigureKestrel(Configure);
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = ListenBacklog);
        return builder;
    }

    /// <summary>Reads header values as Latin-1, which keeps every byte: clients send cookies in many encodings.</summary>
    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.RequestHeadersTimeout = RequestHeadersTimeout;
    }

    /// <summary>Responds to every error with problem details.</summary>
    public static WebApplication UseProblemDetails(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        return app;
    }

    /// <summary>Maps <c>/health</c>, with a timeout and a cache, and <c>/alive</c>, in every environment.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseRequestTimeouts();
        app.UseOutputCache();
        app.MapReady();
        app.MapAlive();
        return app;
    }

    /// <summary>Maps only <c>/alive</c>: for a router, which forwards <c>/health</c> to a service.</summary>
    public static WebApplication MapAliveEndpoint(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapAlive();
        return app;
    }
}
