namespace Aspire.Hosting.Orchestration;

/// <summary>Where telemetry is sent.</summary>
internal sealed record Collector(string Endpoint, string Protocol, string? Headers)
{
    public static Collector? Find(IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } own)
            return new(own, configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "grpc", configuration["OTEL_EXPORTER_OTLP_HEADERS"]);
        var key = configuration["AppHost:OtlpApiKey"] is { } secret ? $"x-otlp-api-key={secret}" : null;
        if (Given(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL") is { } grpc)
            return new(grpc, "grpc", key);
        return Given(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL") is { } http ? new(http, "http/protobuf", key) : null;
    }

    // A launch profile sets these variables for the dashboard, and there is none here: only an argument counts.
    private static string? Given(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value && value != Environment.GetEnvironmentVariable(name) ? value : null;
}
