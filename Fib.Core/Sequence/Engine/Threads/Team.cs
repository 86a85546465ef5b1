namespace Fib.Core.Sequence.Engine.Threads;

/// <summary>
/// The threads of one computation: its own, and for a large term helpers on other processors. One computation at a time has helpers,
/// and they begin no part while another computation runs, so small terms do not wait for the threads of a large one.
/// </summary>
internal sealed class Team : IDisposable
{
    /// <summary>From this index helpers save more than their coordination costs.</summary>
    public const int MinIndex = 1_000_000;

    /// <summary>The team of a computation on its own thread only.</summary>
    private static readonly Team Alone = new();

    private static int _computations;

    private static Team? _helped;

    private SharedPass? _pass;

    private volatile bool _ended;

    private Team()
    {
    }

    /// <summary>Whether other threads may take parts.</summary>
    public bool HasHelpers => this != Alone;

    /// <summary>The number of threads, 1 to 4.</summary>
    public int Threads => HasHelpers ? 1 + Helpers.Count : 1;

    /// <summary>Starts a computation.</summary>
    /// <param name="index">The index of the term.</param>
    /// <param name="withHelpers">Whether other processors may help.</param>
    public static Team Start(int index, bool withHelpers)
    {
        Interlocked.Increment(ref _computations);
        if (!withHelpers || index < MinIndex || Helpers.Count == 0 || Volatile.Read(ref _helped) is not null)
            return Alone;
        var team = new Team();
        if (Interlocked.CompareExchange(ref _helped, team, null) is not null)
            return Alone;
        try
        {
            Helpers.Wake();
            return team;
        }
        catch (OutOfMemoryException)
        {
            // A thread did not start, for example at the container's limit. The term needs none.
            team.End();
            return Alone;
        }
    }

    /// <summary>Runs the parts 0 to count - 1 of a pass and returns when all are complete.</summary>
    /// <exception cref="OperationCanceledException">A part was cancelled.</exception>
    public void Run(int count, Action<int> part)
    {
        if (this == Alone)
        {
            for (var i = 0; i < count; i++)
                part(i);
            return;
        }
        var pass = new SharedPass(count, part);
        Volatile.Write(ref _pass, pass);
        while (pass.RunNext())
        {
        }
        pass.Join();
    }

    /// <summary>The body of a helper: takes parts until the computation of the current team ends.</summary>
    public static void Help()
    {
        if (Volatile.Read(ref _helped) is not { } team)
            return;
        var spinner = new SpinWait();
        while (!team._ended)
        {
            if (Volatile.Read(ref _computations) > 1)
                Helpers.Pause();
            else if (Volatile.Read(ref team._pass) is { } pass && pass.RunNext())
                spinner = new SpinWait();
            else
                spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Ends the computation.</summary>
    public void Dispose()
    {
        Interlocked.Decrement(ref _computations);
        if (this != Alone)
            End();
    }

    private void End()
    {
        _ended = true;
        Volatile.Write(ref _helped, null);
    }
}
