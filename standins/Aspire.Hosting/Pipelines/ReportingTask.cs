namespace Aspire.Hosting.Pipelines;

/// <summary>Reports a part of a step.</summary>
internal sealed class ReportingTask(ReportingStep step) : IReportingTask
{
    public Task UpdateAsync(string statusText, CancellationToken cancellationToken = default)
    {
        step.Log(LogLevel.Information, statusText);
        return Task.CompletedTask;
    }

    public Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default) => UpdateAsync(statusText.Value, cancellationToken);

    public Task CompleteAsync(string? completionMessage = null, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        var level = completionState switch
        {
            CompletionState.CompletedWithError => LogLevel.Error,
            CompletionState.CompletedWithWarning => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        if (completionMessage is not null)
            step.Log(level, completionMessage);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(MarkdownString completionMessage, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionMessage.Value, completionState, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
