namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes log messages into resources' logs.</summary>
internal sealed class ResourceLogger(IReadOnlyList<ResourceLog> logs) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
        foreach (var log in logs)
            log.Write(text, logLevel >= LogLevel.Error);
    }
}
