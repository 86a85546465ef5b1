using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Fib.ServiceDefaults.Telemetry;

/// <summary>Exports the sources that the runtime and the client libraries have by themselves, and the service's own (named as the service).</summary>
internal sealed class TelemetryProviders(string service, ResourceBuilder resource) : IHostedService, IDisposable
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Yarp.ReverseProxy"];
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql"];

    private readonly TracerProvider _tracing = Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(resource).AddSource([.. Sources, service]).AddProcessor(new HealthTraceFilter()).AddOtlpExporter().Build();

    private readonly MeterProvider _metrics = Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(resource).AddMeter([.. Meters, service]).AddOtlpExporter().Build();

    /// <summary>The name that the app model gave the service wins over the program's own.</summary>
    public static ResourceBuilder Describe(string service, IConfiguration configuration)
    {
        var resource = ResourceBuilder.CreateDefault();
        return string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]) ? resource.AddService(service) : resource;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _tracing.Dispose();
        _metrics.Dispose();
    }
}
