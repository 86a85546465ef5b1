using System.Collections.Concurrent;

namespace Fib.Core.Sequence.Engine;

/// <summary>
/// Keeps workspaces, whose pages are then already there: small ones always, at most one large one and for seconds only.
/// What is kept never adds to what runs: a computation that cannot use the large one has it freed.
/// </summary>
internal static class WorkspacePool
{
    private const long LargestSmall = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly int MostSmall = Environment.ProcessorCount;

    private static readonly ConcurrentBag<Workspace> Small = [];

    private static readonly Timer Idle = new(_ => Interlocked.Exchange(ref _large, null)?.Dispose());

    private static Workspace? _large;

    public static Workspace Rent(Doubling doubling)
    {
        var bytes = Workspace.Bytes(doubling);
        var workspace = Interlocked.Exchange(ref _large, null);
        if (workspace is not null && (workspace.Capacity < bytes || workspace.Capacity / 2 > bytes))
        {
            workspace.Dispose();
            workspace = null;
        }
        if (workspace is null && (bytes > LargestSmall || !Small.TryTake(out workspace)))
            workspace = new Workspace();
        workspace.Prepare(doubling);
        return workspace;
    }

    public static void Return(Workspace workspace)
    {
        if (workspace.Capacity > LargestSmall)
        {
            Interlocked.Exchange(ref _large, workspace)?.Dispose();
            Idle.Change(Patience, Timeout.InfiniteTimeSpan);
        }
        else if (Small.Count < MostSmall)
            Small.Add(workspace);
        else
            workspace.Dispose();
    }
}
