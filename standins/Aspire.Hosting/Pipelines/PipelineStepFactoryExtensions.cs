using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Lets resources add steps to the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class PipelineStepFactoryExtensions
{
    /// <summary>Adds one step.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, PipelineStep> factory) where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds one step.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, Task<PipelineStep>> factory) where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds steps.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory) where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds steps.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(this IResourceBuilder<T> builder, Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> factory) where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds one step, described here.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder, string stepName, Func<PipelineStepContext, Task> callback,
        string[]? dependsOn = null, string[]? requiredBy = null, string[]? tags = null, string? description = null) where T : IResource =>
        builder.WithPipelineStepFactory(_ => new PipelineStep
        {
            Name = stepName,
            Action = callback,
            DependsOnSteps = [.. dependsOn ?? []],
            RequiredBySteps = [.. requiredBy ?? []],
            Tags = [.. tags ?? []],
            Description = description,
        });

    /// <summary>Changes the steps once all are known.</summary>
    public static IResourceBuilder<T> WithPipelineConfiguration<T>(this IResourceBuilder<T> builder, Action<PipelineConfigurationContext> callback) where T : IResource =>
        builder.WithAnnotation(new PipelineConfigurationAnnotation(callback));

    /// <summary>Changes the steps once all are known.</summary>
    public static IResourceBuilder<T> WithPipelineConfiguration<T>(this IResourceBuilder<T> builder, Func<PipelineConfigurationContext, Task> callback) where T : IResource =>
        builder.WithAnnotation(new PipelineConfigurationAnnotation(callback));
}
