namespace Aspire.Hosting.Pipelines;

/// <summary>Steps by name, with "required by" turned into "depends on"; refuses unknown names, duplicates and cycles.</summary>
internal sealed class StepGraph
{
    private readonly Dictionary<string, PipelineStep> _steps = [];

    public StepGraph(IReadOnlyList<PipelineStep> steps)
    {
        foreach (var step in steps)
            if (!_steps.TryAdd(step.Name, step))
                throw new InvalidOperationException($"Duplicate step name: '{step.Name}'");
        foreach (var step in steps)
            foreach (var name in step.RequiredBySteps)
                Get(name, $"Step '{step.Name}' is required by unknown step '{name}'").DependsOn(step);
        foreach (var step in steps)
            foreach (var name in step.DependsOnSteps)
                Get(name, $"Step '{step.Name}' depends on unknown step '{name}'");
        _ = Closure(null);
    }

    /// <summary>A step and all it depends on, dependencies first; all steps for no name.</summary>
    public IReadOnlyList<PipelineStep> Closure(string? name)
    {
        var order = new List<PipelineStep>();
        var path = new List<string>();
        if (!string.IsNullOrWhiteSpace(name))
            Visit(Get(name, $"Step '{name}' not found in pipeline. Available steps: {string.Join(", ", _steps.Keys.Order(StringComparer.Ordinal).Select(k => $"'{k}'"))}"), order, path);
        else
            foreach (var step in _steps.Values)
                Visit(step, order, path);
        return order;
    }

    private PipelineStep Get(string name, string otherwise) => _steps.GetValueOrDefault(name) ?? throw new InvalidOperationException(otherwise);

    private void Visit(PipelineStep step, List<PipelineStep> order, List<string> path)
    {
        if (order.Contains(step))
            return;
        if (path.Contains(step.Name))
            throw new InvalidOperationException($"Circular dependency in pipeline steps: {string.Join(" -> ", path)} -> {step.Name}");
        path.Add(step.Name);
        foreach (var name in step.DependsOnSteps)
            Visit(_steps[name], order, path);
        path.RemoveAt(path.Count - 1);
        order.Add(step);
    }
}
