using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>All steps, before they are ordered.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineConfigurationContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The steps.</summary>
    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    /// <summary>The application's resources.</summary>
    public required DistributedApplicationModel Model { get; init; }

    /// <summary>The steps with a tag.</summary>
    public IEnumerable<PipelineStep> GetSteps(string tag) => Steps.Where(s => s.Tags.Contains(tag));

    /// <summary>The steps of a resource.</summary>
    public IEnumerable<PipelineStep> GetSteps(IResource resource) => Steps.Where(s => s.Resource == resource);

    /// <summary>The steps of a resource with a tag.</summary>
    public IEnumerable<PipelineStep> GetSteps(IResource resource, string tag) => GetSteps(resource).Where(s => s.Tags.Contains(tag));
}
