namespace Aspire.Hosting.Pipelines;

/// <summary>Reports a step in the app host's log.</summary>
internal sealed class ReportingStep(string name, ILogger logger) : IReportingStep
{
    private bool _completed;

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default)
    {
        Log(LogLevel.Information, statusText);
        return Task.FromResult<IReportingTask>(new ReportingTask(this));
    }

    public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        CreateTaskAsync(statusText.Value, cancellationToken);

    public void Log(LogLevel logLevel, string message) => logger.Log(logLevel, "({Step}) {Message}", name, message);

    public void Log(LogLevel logLevel, MarkdownString message) => Log(logLevel, message.Value);

    public Task CompleteAsync(string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default)
    {
        _completed = true;
        if (completionState == CompletionState.CompletedWithError)
            logger.LogError("Step '{Step}' failed: {Message}", name, completionText);
        else
            Log(completionState == CompletionState.CompletedWithWarning ? LogLevel.Warning : LogLevel.Information, completionText);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) =>
        CompleteAsync(completionText.Value, completionState, cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (!_completed)
            logger.LogDebug("({Step}) done", name);
        return ValueTask.CompletedTask;
    }
}
