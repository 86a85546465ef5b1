using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Evaluates what a resource is started or published with.</summary>
public sealed class ExecutionConfigurationBuilder : IExecutionConfigurationBuilder
{
    private readonly IResource _resource;
    private readonly List<IExecutionConfigurationGatherer> _gatherers = [];

    private ExecutionConfigurationBuilder(IResource resource) => _resource = resource;

    /// <summary>Starts with no sources.</summary>
    public static IExecutionConfigurationBuilder Create(IResource resource) => new ExecutionConfigurationBuilder(resource);

    /// <inheritdoc />
    public IExecutionConfigurationBuilder AddExecutionConfigurationGatherer(IExecutionConfigurationGatherer gatherer)
    {
        _gatherers.Add(gatherer);
        return this;
    }

    /// <inheritdoc />
    public async Task<IExecutionConfigurationResult> BuildAsync(
        DistributedApplicationExecutionContext executionContext, ILogger? resourceLogger = null, CancellationToken cancellationToken = default)
    {
        var context = new Context();
        foreach (var gatherer in _gatherers)
            await gatherer.GatherAsync(context, _resource, resourceLogger ?? NullLogger.Instance, executionContext, cancellationToken);
        var failures = new List<Exception>();
        var arguments = new List<(object, string, bool)>();
        foreach (var argument in context.Arguments)
            if (await EvaluateAsync(argument, executionContext, failures, cancellationToken) is { } value)
                arguments.Add((argument, value, argument is ParameterResource { Secret: true } or ConnectionStringReference));
        var variables = new Dictionary<string, (object, string)>();
        foreach (var (name, variable) in context.EnvironmentVariables)
            if (await EvaluateAsync(variable, executionContext, failures, cancellationToken) is { } value)
                variables[name] = (variable, value);
        return new ExecutionConfigurationResult(arguments, variables, failures.Count == 0 ? null : failures.Count == 1 ? failures[0] : new AggregateException(failures));
    }

    private async Task<string?> EvaluateAsync(
        object? value, DistributedApplicationExecutionContext mode, List<Exception> failures, CancellationToken cancellationToken)
    {
        try
        {
            return value switch
            {
                IResourceBuilder<IResource> builder => await EvaluateAsync(builder.Resource, mode, failures, cancellationToken),
                IValueProvider provider when mode.IsRunMode =>
                    await provider.GetValueAsync(new ValueProviderContext { ExecutionContext = mode, Caller = _resource }, cancellationToken),
                IManifestExpressionProvider symbolic when mode.IsPublishMode => symbolic.ValueExpression,
                _ => value?.ToString(),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failures.Add(e);
            return null;
        }
    }

    private sealed class Context : IExecutionConfigurationGathererContext
    {
        public List<object> Arguments { get; } = [];

        public Dictionary<string, object> EnvironmentVariables { get; } = [];
    }
}
