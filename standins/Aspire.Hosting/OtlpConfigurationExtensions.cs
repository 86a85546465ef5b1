using System.Globalization;
using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>Sends a resource's telemetry to the collector the app host knows.</summary>
public static class OtlpConfigurationExtensions
{
    private const int DevelopmentDelay = 1000;

    /// <summary>
    /// Sets the OTEL_ variables, if a collector is configured: OTEL_EXPORTER_OTLP_ENDPOINT of the app host, or an
    /// ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL or ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL given as argument.
    /// </summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        return builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode && Collector.Find(application.Configuration) is { } collector)
                Add(context.EnvironmentVariables, collector, application);
        });
    }

    private static void Add(Dictionary<string, object> variables, Collector collector, IDistributedApplicationBuilder application)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = collector.Protocol;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=" + LaunchTokens.InstanceId;
        variables["OTEL_SERVICE_NAME"] = LaunchTokens.ResourceName;
        if (collector.Headers is not null)
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = collector.Headers;
        if (!application.Environment.IsDevelopment())
            return;
        var delay = DevelopmentDelay.ToString(CultureInfo.InvariantCulture);
        foreach (var name in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
            variables[name] = delay;
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
    }
}
