using Fib.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fib.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs.</summary>
public static class OpenTelemetryExtensions
{
    /// <summary>Whether telemetry is exported. Nothing is recorded where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is not set.</summary>
    public static bool ExportsTelemetry(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
    }

    internal static void ConfigureOpenTelemetry(this WebApplicationBuilder builder)
    {
        if (!builder.ExportsTelemetry())
            return;

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder))
            .WithMetrics(metrics => metrics
                .AddMeter(builder.Environment.ApplicationName)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName)
                .SetSampler(new ParentBasedSampler(new RequestSampler()))
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsNoProbe)
                .AddHttpClientInstrumentation(calls => calls.EnrichWithHttpResponseMessage = HttpClientSpans.AcceptRefusals))
            .UseOtlpExporter();
    }

    private static bool IsNoProbe(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(HealthExtensions.ReadyPath) && !context.Request.Path.StartsWithSegments(HealthExtensions.AlivePath);

    /// <summary>The name that the app model gave the service wins over the program's own.</summary>
    private static void Describe(ResourceBuilder resource, WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_SERVICE_NAME"]))
            resource.AddService(builder.Environment.ApplicationName);
    }
}
