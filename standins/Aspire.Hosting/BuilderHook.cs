namespace Aspire.Hosting;

/// <summary>How a test follows an app host's own code from builder to application; flows with that code only.</summary>
internal abstract class BuilderHook
{
    private static readonly AsyncLocal<BuilderHook?> Flow = new();

    public static BuilderHook? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>Completes when the app host's own Run may return: the test has stopped the application.</summary>
    public abstract Task Stopped { get; }

    public abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    public abstract void Constructed(DistributedApplicationBuilder builder);

    public abstract void Building(DistributedApplicationBuilder builder);

    public abstract void Built(DistributedApplication application);
}
