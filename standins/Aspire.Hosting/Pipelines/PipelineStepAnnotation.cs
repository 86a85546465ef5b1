using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps a resource adds to the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStepAnnotation : IResourceAnnotation
{
    private readonly Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> _factory;

    /// <summary>Adds one step.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, PipelineStep> factory) => _factory = context => Task.FromResult<IEnumerable<PipelineStep>>([factory(context)]);

    /// <summary>Adds one step.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, Task<PipelineStep>> factory) => _factory = async context => [await factory(context)];

    /// <summary>Adds steps.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory) => _factory = context => Task.FromResult(factory(context));

    /// <summary>Adds steps.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> factory) => _factory = factory;

    /// <summary>Makes the steps.</summary>
    public Task<IEnumerable<PipelineStep>> CreateStepsAsync(PipelineStepFactoryContext context) => _factory(context);
}
