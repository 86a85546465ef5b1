using System.Collections.Concurrent;

namespace Aspire.Hosting.Reporting;

/// <summary>Writes what resources write to the app host's own log as well, where a test's output is.</summary>
internal sealed class LogForwarder : IDisposable
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new();
    private readonly ResourceLoggerService _logs;
    private readonly Func<string, ILogger> _create;

    public LogForwarder(ResourceLoggerService logs, ILoggerFactory loggers, string application)
    {
        (_logs, _create) = (logs, name => loggers.CreateLogger($"{application}.Resources.{name}"));
        logs.Written += Write;
    }

    public void Dispose() => _logs.Written -= Write;

    private void Write(string instance, LogLine line) => _loggers.GetOrAdd(instance, _create)
        .Log(line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, "{LineNumber}: {Line}", line.LineNumber, line.Content);
}
