namespace Aspire.Hosting.Pipelines;

/// <summary>The steps every pipeline has. Building and pushing images is the real packages' own, so those steps only order others.</summary>
internal static class BuiltInSteps
{
    public static IEnumerable<PipelineStep> All() =>
    [
        Step(WellKnownPipelineSteps.Deploy, "Everything that deploys is required by this step."),
        new()
        {
            Name = WellKnownPipelineSteps.ProcessParameters,
            Description = "Makes sure that every parameter has a value.",
            Action = ProcessParametersAsync,
            RequiredBySteps = [WellKnownPipelineSteps.DeployPrereq, WellKnownPipelineSteps.BuildPrereq, WellKnownPipelineSteps.PublishPrereq],
        },
        Step(WellKnownPipelineSteps.DeployPrereq, "Runs before anything is deployed."),
        Step(WellKnownPipelineSteps.Build, "Everything that builds is required by this step."),
        Step(WellKnownPipelineSteps.BuildPrereq, "Runs before anything is built."),
        Step(WellKnownPipelineSteps.Push, "Everything that pushes is required by this step.", WellKnownPipelineSteps.PushPrereq),
        Step(WellKnownPipelineSteps.PushPrereq, "Runs before anything is pushed."),
        Step(WellKnownPipelineSteps.Publish, "Everything that publishes is required by this step."),
        Step(WellKnownPipelineSteps.PublishPrereq, "Runs before anything is published."),
        Step(WellKnownPipelineSteps.BeforeStart, "Everything that prepares the model is required by this step."),
        new()
        {
            Name = WellKnownPipelineSteps.ValidateComputeEnvironments,
            Description = "Makes sure that every resource knows its environment.",
            Action = ValidateEnvironments,
            RequiredBySteps = [WellKnownPipelineSteps.BeforeStart],
        },
    ];

    private static PipelineStep Step(string name, string description, params List<string> dependsOn) =>
        new() { Name = name, Description = description, Action = _ => Task.CompletedTask, DependsOnSteps = dependsOn };

    private static async Task ProcessParametersAsync(PipelineStepContext context)
    {
        foreach (var parameter in context.Model.Resources.OfType<ParameterResource>())
            await parameter.GetValueAsync(context.CancellationToken);
    }

    private static Task ValidateEnvironments(PipelineStepContext context)
    {
        var environments = context.Model.Resources.OfType<IComputeEnvironmentResource>().ToList();
        var unbound = context.Model.Resources.OfType<IComputeResource>().Where(r => r.GetComputeEnvironment() is null).Select(r => r.Name).ToList();
        if (environments.Count > 1 && unbound.Count > 0)
            throw new InvalidOperationException(
                $"Compute resource(s) '{string.Join("', '", unbound)}' are not assigned to a compute environment, but the model contains multiple compute environments " +
                $"('{string.Join("', '", environments.Select(e => e.Name))}'). Specify which environment each resource should target by calling 'WithComputeEnvironment' on the resource builder.");
        return Task.CompletedTask;
    }
}
