namespace Aspire.Hosting.ApplicationModel;

/// <summary>A source of arguments and variables.</summary>
public interface IExecutionConfigurationGatherer
{
    /// <summary>Adds to the context.</summary>
    ValueTask GatherAsync(
        IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger,
        DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken = default);
}
