namespace Aspire.Hosting.ApplicationModel;

/// <summary>The usual sources of arguments and variables.</summary>
public static class ExecutionConfigurationBuilderExtensions
{
    /// <summary>The arguments the model gives.</summary>
    public static IExecutionConfigurationBuilder WithArgumentsConfig(this IExecutionConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddExecutionConfigurationGatherer(new Arguments());
    }

    /// <summary>The variables the model gives.</summary>
    public static IExecutionConfigurationBuilder WithEnvironmentVariablesConfig(this IExecutionConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddExecutionConfigurationGatherer(new Variables());
    }

    private sealed class Arguments : IExecutionConfigurationGatherer
    {
        public async ValueTask GatherAsync(
            IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger,
            DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
        {
            var given = new CommandLineArgsCallbackContext(context.Arguments, resource, cancellationToken) { ExecutionContext = executionContext, Logger = resourceLogger };
            foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
                await annotation.Callback(given);
        }
    }

    private sealed class Variables : IExecutionConfigurationGatherer
    {
        public async ValueTask GatherAsync(
            IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger,
            DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
        {
            var given = new EnvironmentCallbackContext(executionContext, resource, context.EnvironmentVariables, cancellationToken) { Logger = resourceLogger };
            foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
                await annotation.Callback(given);
        }
    }
}
