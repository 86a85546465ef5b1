using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

/// <summary>One run of the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineContext(
    DistributedApplicationModel model, DistributedApplicationExecutionContext executionContext, IServiceProvider serviceProvider, ILogger logger, CancellationToken cancellationToken)
{
    /// <summary>The application's resources.</summary>
    public DistributedApplicationModel Model { get; } = model;

    /// <summary>The mode the application is in.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = serviceProvider;

    /// <summary>The app host's log.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Cancelled when the run is given up.</summary>
    public CancellationToken CancellationToken { get; set; } = cancellationToken;

    /// <summary>What to tell at the end.</summary>
    public PipelineSummary Summary { get; } = new();

    internal string? Step => Services.GetService<IOptions<PipelineOptions>>()?.Value.Step;
}
