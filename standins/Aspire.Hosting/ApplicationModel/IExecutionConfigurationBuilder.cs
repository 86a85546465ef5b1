namespace Aspire.Hosting.ApplicationModel;

/// <summary>Evaluates what a resource is started or published with.</summary>
public interface IExecutionConfigurationBuilder
{
    /// <summary>Adds a source of arguments and variables.</summary>
    IExecutionConfigurationBuilder AddExecutionConfigurationGatherer(IExecutionConfigurationGatherer gatherer);

    /// <summary>Evaluates all sources; a value that fails is reported in the result.</summary>
    Task<IExecutionConfigurationResult> BuildAsync(
        DistributedApplicationExecutionContext executionContext, ILogger? resourceLogger = null, CancellationToken cancellationToken = default);
}
