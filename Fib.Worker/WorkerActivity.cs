using System.Diagnostics;

namespace Fib.Worker;

/// <summary>The worker's own spans, parts of the handling of an entry.</summary>
internal static class WorkerActivity
{
    private static readonly ActivitySource Source = new("Fib.Worker");

    public static Activity? StartCompute() => Source.StartActivity("compute term");

    public static Activity? StartStore() => Source.StartActivity("store term", ActivityKind.Client);
}
