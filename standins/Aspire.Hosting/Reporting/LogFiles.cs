using System.Collections.Concurrent;

namespace Aspire.Hosting.Reporting;

/// <summary>A file for each instance's log, without colours.</summary>
internal sealed class LogFiles : IDisposable
{
    private readonly string _folder;
    private readonly ResourceLoggerService _logs;
    private readonly ConcurrentDictionary<string, StreamWriter> _writers = new();

    public LogFiles(string folder, ResourceLoggerService logs)
    {
        (_folder, _logs) = (folder, logs);
        logs.Written += Write;
    }

    public string PathOf(string instance) => Path.Combine(_folder, instance + ".log");

    public void Dispose()
    {
        _logs.Written -= Write;
        foreach (var writer in _writers.Values)
            writer.Dispose();
    }

    // Lines of one instance come one at a time; two instances have two writers.
    private void Write(string instance, LogLine line) =>
        _writers.GetOrAdd(instance, name => new StreamWriter(PathOf(name), append: true) { AutoFlush = true }).WriteLine(Colours.Strip(line.Content));
}
