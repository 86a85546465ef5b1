using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Reports a step's progress.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IReportingStep : IAsyncDisposable
{
    /// <summary>Reports a part of it.</summary>
    Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default);

    /// <summary>Reports a part of it.</summary>
    Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    /// <summary>Writes to its log.</summary>
    void Log(LogLevel logLevel, string message);

    /// <summary>Writes to its log.</summary>
    void Log(LogLevel logLevel, MarkdownString message);

    /// <summary>Says how it ended.</summary>
    Task CompleteAsync(string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);

    /// <summary>Says how it ended.</summary>
    Task CompleteAsync(MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default);
}
