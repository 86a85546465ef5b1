using System.Diagnostics;
using System.Net;
using Fib.ServiceDefaults.Health;
using Fib.ServiceDefaults.Settings;
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

/// <summary>Exports traces, metrics and logs.</summary>
public static class OpenTelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether telemetry is exported. Nothing is recorded if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is not set.</summary>
    /// <exception cref="SettingException">It is not an http or https address: the exporter would ignore that.</exception>
    public static bool ExportsTelemetry(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var address = builder.Configuration[Endpoint];
        if (string.IsNullOrWhiteSpace(address))
            return false;
        Variables.ParseAddress(Endpoint, address, "http://collector.example.com:4317");
        return true;
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
                .AddRuntimeInstrumentation()
                // Recorded for every request, and of no use for the operation of a service.
                .AddView("aspnetcore.memory_pool.*", MetricStreamConfiguration.Drop)
                .AddView("aspnetcore.routing.match_attempts", MetricStreamConfiguration.Drop))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName)
                .SetSampler(new ParentBasedSampler(new RequestSampler()))
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsNotHealthCheck)
                .AddHttpClientInstrumentation(calls => calls.EnrichWithHttpResponseMessage = ClearClientError))
            .UseOtlpExporter();
    }

    private static bool IsNotHealthCheck(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(HealthExtensions.ReadyPath)
        && !context.Request.Path.StartsWithSegments(HealthExtensions.AlivePath);

    /// <summary>
    /// A 4xx is a response that the caller expects, such as the rejection of an index that is too high; the framework marks it
    /// as an error. Instrumentation that knows more may set the status (opentelemetry.io, "Semantic conventions for HTTP spans", Status).
    /// </summary>
    private static void ClearClientError(Activity activity, HttpResponseMessage response)
    {
        if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            activity.SetStatus(ActivityStatusCode.Unset).SetTag("error.type", null);
    }

    /// <summary>The service name from the app model takes precedence over the program's own name.</summary>
    private static void Describe(ResourceBuilder resource, WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_SERVICE_NAME"]))
            resource.AddService(builder.Environment.ApplicationName);
    }
}
