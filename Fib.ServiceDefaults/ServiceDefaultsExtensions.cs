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
using Microsoft.Extensions.DependencyInjection;

namespace Fib.ServiceDefaults;

/// <summary>What every service of the system has: telemetry, health endpoints, problem details.</summary>
public static class ServiceDefaultsExtensions
{
    private static readonly TimeSpan RequestHeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds telemetry (exported where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), a liveness check and problem details for every error.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureOpenTelemetry();
        builder.Services.AddDefaultHealthChecks();
        builder.Services.AddDependencies();
        builder.Services.AddStopDeadline();
        builder.Services.AddProblemDetails().AddSingleton<IProblemDetailsWriter, UnaskedProblemWriter>();
        builder.Services.Configure<KeyManagementOptions>(NoKeyStore.Use);
        builder.WebHost.ConfigureKestrel(Configure);
        return builder;
    }

    /// <summary>Takes header values as bytes, whatever their encoding: clients send cookies in many.</summary>
    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.RequestHeadersTimeout = RequestHeadersTimeout;
    }

    /// <summary>Answers every error with problem details.</summary>
    public static WebApplication UseProblemDetails(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        return app;
    }

    /// <summary>Maps <c>/health</c> and <c>/alive</c>, in every environment, with the middleware that bounds and caches the first.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseRequestTimeouts();
        app.UseOutputCache();
        app.MapReady();
        app.MapAlive();
        return app;
    }

    /// <summary>Maps <c>/alive</c> alone: for a router, whose <c>/health</c> is that of the services behind it.</summary>
    public static WebApplication MapAliveEndpoint(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapAlive();
        return app;
    }
}
