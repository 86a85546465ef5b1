using System.Diagnostics;
using Fib.Redis.Backlog;

namespace Fib.Worker;

/// <summary>The worker's own spans; names follow OpenTelemetry's conventions for messaging.</summary>
internal static class WorkerActivity
{
    private static readonly ActivitySource Source = new("Fib.Worker");

    /// <summary>The handling of an entry, as a part of the trace that appended it.</summary>
    public static Activity? StartProcess(BacklogEntry entry)
    {
        ActivityContext.TryParse(entry.TraceParent, null, isRemote: true, out var producer);
        var stream = BacklogKeys.StreamOf(entry.Index);
        return Source.StartActivity($"process {stream}", ActivityKind.Consumer, producer,
        [
            new("messaging.system", "redis"),
            new("messaging.operation.type", "process"),
            new("messaging.operation.name", "process"),
            new("messaging.destination.name", stream),
            new("fib.index", entry.Index.Value),
        ]);
    }

    public static Activity? StartCompute() => Source.StartActivity("compute term");

    public static Activity? StartStore() => Source.StartActivity("store term", ActivityKind.Client);
}
