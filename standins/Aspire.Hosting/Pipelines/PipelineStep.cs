using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>A step of the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStep
{
    /// <summary>The name, unique in the pipeline.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it does.</summary>
    public required Func<PipelineStepContext, Task> Action { get; init; }

    /// <summary>The steps that run before it.</summary>
    public List<string> DependsOnSteps { get; init; } = [];

    /// <summary>The steps that run after it, and bring it along when they are asked for.</summary>
    public List<string> RequiredBySteps { get; init; } = [];

    /// <summary>Words to find it by.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>The resource it belongs to.</summary>
    public IResource? Resource { get; set; }

    /// <summary>Runs it after another.</summary>
    public void DependsOn(string stepName)
    {
        if (!DependsOnSteps.Contains(stepName))
            DependsOnSteps.Add(stepName);
    }

    /// <summary>Runs it after another.</summary>
    public void DependsOn(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        DependsOn(step.Name);
    }

    /// <summary>Runs it before another, which brings it along.</summary>
    public void RequiredBy(string stepName) => RequiredBySteps.Add(stepName);

    /// <summary>Runs it before another, which brings it along.</summary>
    public void RequiredBy(PipelineStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        RequiredBy(step.Name);
    }
}
