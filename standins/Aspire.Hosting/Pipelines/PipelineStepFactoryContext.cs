using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a resource's steps are made with.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStepFactoryContext
{
    /// <summary>The run.</summary>
    public required PipelineContext PipelineContext { get; init; }

    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }
}
