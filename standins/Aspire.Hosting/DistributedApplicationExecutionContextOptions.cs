namespace Aspire.Hosting;

/// <summary>What an execution context is made of.</summary>
public class DistributedApplicationExecutionContextOptions
{
    /// <summary>A mode.</summary>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) => Operation = operation;

    /// <summary>A mode and the publisher's name.</summary>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName) : this(operation) =>
        PublisherName = publisherName;

    /// <summary>What the app host was asked to do.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The publisher's name.</summary>
    public string? PublisherName { get; }

    /// <summary>The services, once built.</summary>
    public IServiceProvider? Services { get; set; }
}
