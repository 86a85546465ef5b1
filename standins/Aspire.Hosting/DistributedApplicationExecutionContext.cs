namespace Aspire.Hosting;

/// <summary>The mode the application is in.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions? _options;

    /// <summary>A mode, with no publisher named.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation) : this(operation, "manifest")
    {
    }

    /// <summary>A mode and the publisher's name.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName) =>
        (Operation, PublisherName) = (operation, publisherName);

    /// <summary>A mode, and services that may come later.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
        : this(options.Operation, options.PublisherName ?? "manifest") => _options = options;

    /// <summary>What the app host was asked to do.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The publisher's name.</summary>
    public string PublisherName { get; set; }

    /// <summary>Whether the application runs here.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Whether it is being published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>The application's services; throws InvalidOperationException before it is built.</summary>
    public IServiceProvider Services => _options?.Services
        ?? throw new InvalidOperationException("The services are not available before the application is built.");
}
