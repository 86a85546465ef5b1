namespace Aspire.Hosting.Orchestration;

/// <summary>One start of one instance.</summary>
internal sealed record LaunchContext(IResource Resource, IReadOnlyDictionary<string, string> Tokens, DistributedApplicationExecutionContext Mode, ILogger Log)
{
    /// <summary>Evaluates the arguments and variables that the model gives.</summary>
    public async Task<(List<string> Arguments, Dictionary<string, string> Variables)> EvaluateAsync(CancellationToken cancellationToken)
    {
        var result = await ExecutionConfigurationBuilder.Create(Resource).WithArgumentsConfig().WithEnvironmentVariablesConfig().BuildAsync(Mode, Log, cancellationToken);
        if (result.Exception is not null)
            throw new DistributedApplicationException($"'{Resource.Name}' cannot be started: {result.Exception.Message}", result.Exception);
        return ([.. result.Arguments.Select(a => LaunchTokens.Complete(a.Value, Tokens))],
            result.EnvironmentVariables.ToDictionary(v => v.Key, v => LaunchTokens.Complete(v.Value, Tokens)));
    }
}
