using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Reports the progress of a part of a step.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IReportingTask : IAsyncDisposable
{
    /// <summary>Says what it does now.</summary>
    Task UpdateAsync(string statusText, CancellationToken cancellationToken = default);

    /// <summary>Says what it does now.</summary>
    Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    /// <summary>Says how it ended.</summary>
    Task CompleteAsync(string? completionMessage = null, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);

    /// <summary>Says how it ended.</summary>
    Task CompleteAsync(MarkdownString completionMessage, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);
}
