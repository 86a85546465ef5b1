using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of one instance of a resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>Project, Executable, Container, or a name of one's own.</summary>
    public required string ResourceType { get; init; }

    /// <summary>What else is known.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>The state, one of <see cref="KnownResourceStates"/> in general.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The exit code of a process that has ended; 128 and the signal's number when a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it was started, in UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>Where it is reached.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Whether it is not shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What its health checks last said.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>The worst of its health checks, healthy without any; none unless it runs.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running ? null
        : HealthReports.Select(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy)
            .DefaultIfEmpty(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy).Min();

    /// <summary>The handlers of its ready event, once it is healthy.</summary>
    internal Task? Ready { get; init; }
}
