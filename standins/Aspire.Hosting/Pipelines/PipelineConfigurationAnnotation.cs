using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a resource changes about the steps once all are known.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineConfigurationAnnotation : IResourceAnnotation
{
    /// <summary>Changes the steps.</summary>
    public PipelineConfigurationAnnotation(Func<PipelineConfigurationContext, Task> callback) => Callback = callback;

    /// <summary>Changes the steps.</summary>
    public PipelineConfigurationAnnotation(Action<PipelineConfigurationContext> callback) => Callback = context =>
    {
        callback(context);
        return Task.CompletedTask;
    };

    /// <summary>What changes them.</summary>
    public Func<PipelineConfigurationContext, Task> Callback { get; }
}
