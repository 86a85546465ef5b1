using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Fib.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Without an endpoint nothing is recorded, so nothing is paid for.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.SetResourceBuilder(Describe(builder));
            logging.AddOtlpExporter();
        });
        // Beside the rest of the start, which would take a tenth longer.
        var providers = Task.Run(() => new TelemetryProviders(builder.Environment.ApplicationName, Describe(builder)));
        builder.Services.AddHostedService(_ => providers.GetAwaiter().GetResult());
    }

    private static ResourceBuilder Describe(WebApplicationBuilder builder) => TelemetryProviders.Describe(builder.Environment.ApplicationName, builder.Configuration);
}
