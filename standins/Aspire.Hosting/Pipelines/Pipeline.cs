namespace Aspire.Hosting.Pipelines;

/// <summary>Collects steps, from the model and from its resources, and runs them.</summary>
internal sealed class Pipeline : IDistributedApplicationPipeline
{
    private readonly List<PipelineStep> _steps = [.. BuiltInSteps.All()];
    private readonly List<Func<PipelineConfigurationContext, Task>> _configurations = [];

    public void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null)
    {
        var step = new PipelineStep { Name = name, Action = action };
        step.DependsOnSteps.AddRange(Names(dependsOn, nameof(dependsOn)));
        step.RequiredBySteps.AddRange(Names(requiredBy, nameof(requiredBy)));
        AddStep(step);
    }

    public void AddStep(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (_steps.Any(s => s.Name == step.Name))
            throw new InvalidOperationException($"A step with the name '{step.Name}' has already been added to the pipeline.");
        _steps.Add(step);
    }

    public void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback) => _configurations.Add(callback);

    public async Task ExecuteAsync(PipelineContext context)
    {
        var graph = await ResolveAsync(context);
        await StepRunner.RunAsync(graph.Closure(context.Step), context);
    }

    // One step at a time: these steps change the model.
    public async Task ExecuteBeforeStartAsync(PipelineContext context)
    {
        var graph = await ResolveAsync(context);
        foreach (var step in graph.Closure(WellKnownPipelineSteps.BeforeStart))
            await StepRunner.RunAsync([step], context);
    }

    private async Task<StepGraph> ResolveAsync(PipelineContext context)
    {
        var steps = _steps.Select(Copy).ToList();
        foreach (var resource in context.Model.Resources.ToList())
            foreach (var annotation in resource.Annotations.OfType<PipelineStepAnnotation>().ToList())
                foreach (var step in await annotation.CreateStepsAsync(new() { PipelineContext = context, Resource = resource }))
                {
                    step.Resource ??= resource;
                    steps.Add(step);
                }
        var configuration = new PipelineConfigurationContext { Services = context.Services, Steps = steps, Model = context.Model };
        foreach (var callback in _configurations.Concat(context.Model.Resources.SelectMany(r => r.Annotations).OfType<PipelineConfigurationAnnotation>().Select(a => a.Callback)))
            await callback(configuration);
        return new StepGraph(steps);
    }

    // Resolving adds dependencies to steps; each run starts from the steps as they were given.
    private static PipelineStep Copy(PipelineStep step) => new()
    {
        Name = step.Name,
        Action = step.Action,
        Description = step.Description,
        Resource = step.Resource,
        Tags = [.. step.Tags],
        DependsOnSteps = [.. step.DependsOnSteps],
        RequiredBySteps = [.. step.RequiredBySteps],
    };

    private static IEnumerable<string> Names(object? steps, string parameter) => steps switch
    {
        null => [],
        string one => [one],
        IEnumerable<string> several => several,
        _ => throw new ArgumentException($"The {parameter} parameter must be a string or IEnumerable<string>, but was {steps.GetType().Name}.", parameter),
    };
}
