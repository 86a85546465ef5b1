namespace StandIns.Tests.Hosting;

/// <summary>One run of the sample app host for tests that only look at it.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    internal SampleApplication Application { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Application = await SampleApplication.StartAsync("--OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4999", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        await Application.HealthyAsync("gateway");
        await Application.HealthyAsync("worker");
    }

    public async Task DisposeAsync() => await Application.DisposeAsync();
}
