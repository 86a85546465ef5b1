using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The log of one instance: a backlog, and whoever watches.</summary>
internal sealed class ResourceLog(Action<LogLine> written)
{
    private const int Kept = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<ChannelWriter<LogLine>> _watchers = [];
    private int _lines;
    private bool _complete;

    public static async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        IReadOnlyList<ResourceLog> logs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        var open = logs.Count(log => log.Watch(channel.Writer));
        if (open == 0)
            channel.Writer.TryComplete();
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var lines = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    lines.Add(line);
                yield return lines;
            }
        }
        finally
        {
            foreach (var log in logs)
                lock (log._lock)
                    log._watchers.Remove(channel.Writer);
        }
    }

    public void Write(string content, bool isError)
    {
        lock (_lock)
        {
            var line = new LogLine(++_lines, content, isError);
            if (_backlog.Count == Kept)
                _backlog.Dequeue();
            _backlog.Enqueue(line);
            foreach (var watcher in _watchers)
                watcher.TryWrite(line);
            written(line);
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            foreach (var watcher in _watchers)
                watcher.TryComplete();
            _watchers.Clear();
        }
    }

    private bool Watch(ChannelWriter<LogLine> watcher)
    {
        lock (_lock)
        {
            foreach (var line in _backlog)
                watcher.TryWrite(line);
            if (!_complete)
                _watchers.Add(watcher);
            return !_complete;
        }
    }
}
