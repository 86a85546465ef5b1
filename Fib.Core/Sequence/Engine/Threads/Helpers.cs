namespace Fib.Core.Sequence.Engine.Threads;

/// <summary>The helper threads, one for each further processor; created for the first large term, and asleep between large terms.</summary>
internal static class Helpers
{
    // The smallest number of parts of a pass is four.
    private const int MaxCount = 3;

    private static readonly TimeSpan PauseTime = TimeSpan.FromMilliseconds(1);

    private static readonly SemaphoreSlim Work = new(0);

    private static readonly SemaphoreSlim Never = new(0);

    private static readonly Lock Creation = new();

    private static int _created;

    /// <summary>The number of helpers, 0 to 3.</summary>
    public static int Count { get; } = Math.Min(MaxCount, Environment.ProcessorCount - 1);

    /// <summary>Lets every helper help the current team.</summary>
    /// <exception cref="OutOfMemoryException">A thread did not start; the next call tries it again.</exception>
    public static void Wake()
    {
        lock (Creation)
        {
            for (; _created < Count; _created++)
                new Thread(Run) { IsBackground = true, Name = "engine helper" }.Start();
        }
        Work.Release(Count);
    }

    /// <summary>Leaves the processor to other computations for a millisecond.</summary>
    public static void Pause() => Never.Wait(PauseTime);

    private static void Run()
    {
        while (true)
        {
            Work.Wait();
            Team.Help();
        }
    }
}
