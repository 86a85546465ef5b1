using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What the command line asks of the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineOptions
{
    /// <summary>The folder written to.</summary>
    public string? OutputPath { get; set; }

    /// <summary>The step asked for; none runs all.</summary>
    public string? Step { get; set; }
}
