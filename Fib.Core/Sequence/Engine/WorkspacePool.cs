using System.Collections.Concurrent;

namespace Fib.Core.Sequence.Engine;

/// <summary>
/// Keeps workspaces, whose pages are then already mapped: small ones always, at most one large one and that for 15 s.
/// The large one never adds to the memory of a computation: one that cannot use it frees it.
/// </summary>
internal static class WorkspacePool
{
    private const long MaxSmallBytes = 16 << 20;

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    private static readonly int MaxSmallCount = Environment.ProcessorCount;

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
        if (workspace is null && (bytes > MaxSmallBytes || !Small.TryTake(out workspace)))
            workspace = new Workspace();
        workspace.Prepare(doubling);
        return workspace;
    }

    public static void Return(Workspace workspace)
    {
        if (workspace.Capacity > MaxSmallBytes)
        {
            Interlocked.Exchange(ref _large, workspace)?.Dispose();
            Idle.Change(IdleTimeout, Timeout.InfiniteTimeSpan);
        }
        else if (Small.Count < MaxSmallCount)
            Small.Add(workspace);
        else
            workspace.Dispose();
    }
}
