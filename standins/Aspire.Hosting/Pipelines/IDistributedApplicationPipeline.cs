using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps publishing takes.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IDistributedApplicationPipeline
{
    /// <summary>Adds a step; dependsOn and requiredBy are a step's name or several.</summary>
    void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null);

    /// <summary>Adds a step; its name must be new.</summary>
    void AddStep(PipelineStep step);

    /// <summary>Changes the steps once all are known.</summary>
    void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback);

    /// <summary>Runs the step asked for and what it depends on, or all steps.</summary>
    Task ExecuteAsync(PipelineContext context);
}
