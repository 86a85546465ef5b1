using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace Fib.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Without an endpoint nothing is recorded, so nothing is paid for.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;

        var resource = TelemetryProviders.Describe(builder.Environment.ApplicationName, builder.Configuration);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.SetResourceBuilder(resource);
            logging.AddOtlpExporter();
        });
        // Beside the rest of the start, of which it would be a sixth.
        var providers = Task.Run(() => new TelemetryProviders(builder.Environment.ApplicationName, resource));
        builder.Services.AddHostedService(_ => providers.GetAwaiter().GetResult());
    }
}
