using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace StandIns.Tests.Hosting;

/// <summary>The sample app host, started inside the test.</summary>
internal sealed class SampleApplication : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;

    private SampleApplication(IDistributedApplicationTestingBuilder builder, DistributedApplication application) => (_builder, Running) = (builder, application);

    public DistributedApplication Running { get; }

    public ResourceNotificationService States => Running.ResourceNotifications;

    public static async Task<SampleApplication> StartAsync(params string[] arguments)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Sample_AppHost>(arguments, Deadline.Token);
        var application = await builder.BuildAsync(Deadline.Token);
        await application.StartAsync(Deadline.Token);
        return new(builder, application);
    }

    public Task HealthyAsync(string resource) => States.WaitForResourceHealthyAsync(resource, Deadline.Token);

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await _builder.DisposeAsync();
    }
}
