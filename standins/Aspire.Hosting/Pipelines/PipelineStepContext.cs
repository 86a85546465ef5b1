using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a step gets.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineStepContext
{
    /// <summary>The run it is part of.</summary>
    public required PipelineContext PipelineContext { get; init; }

    /// <summary>Reports its progress.</summary>
    public required IReportingStep ReportingStep { get; init; }

    /// <summary>The application's resources.</summary>
    public DistributedApplicationModel Model => PipelineContext.Model;

    /// <summary>The mode the application is in.</summary>
    public DistributedApplicationExecutionContext ExecutionContext => PipelineContext.ExecutionContext;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => PipelineContext.Services;

    /// <summary>The app host's log.</summary>
    public ILogger Logger => PipelineContext.Logger;

    /// <summary>Cancelled when the run is given up.</summary>
    public CancellationToken CancellationToken => PipelineContext.CancellationToken;

    /// <summary>What to tell at the end.</summary>
    public PipelineSummary Summary => PipelineContext.Summary;
}
