using System.Collections.Concurrent;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Starts every child from one thread that never ends: the kernel sends the parent-death signal when the starting thread ends,
/// and a pool thread may end at any time.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Work = Start();

    public static Task<T> RunAsync<T>(Func<T> spawn)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                result.SetResult(spawn());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var spawn in work.GetConsumingEnumerable())
                spawn();
        })
        { IsBackground = true, Name = "spawn" };
        thread.Start();
        return work;
    }
}
