using Fib.ServiceDefaults.Health;
using Fib.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.ServiceDefaults;

/// <summary>What every service of the system has: telemetry, health endpoints, problem details.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds telemetry (exported where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), a liveness check and problem details for every error.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddTelemetry();
        builder.Services.AddHealthDefaults();
        builder.Services.AddProblemDetails();
        return builder;
    }

    /// <summary>Answers errors with problem details and maps <c>/health</c> and <c>/alive</c>, in every environment.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRequestTimeouts();
        app.UseOutputCache();
        app.MapHealthEndpoints();
        return app;
    }
}
