namespace Fib.Api;

/// <summary>
/// Has work that many share wait a moment for those who are about to ask for it. A commit or a query costs many times what
/// one more in it does, so while many ask at the same time, the next one begins when most of them are here again. The thought
/// is that of PostgreSQL's <c>commit_delay</c> and <c>commit_siblings</c>. Alone nobody waits, once a crowd is forgotten.
/// </summary>
/// <param name="waiting">Counts those who wait.</param>
/// <param name="time">Bounds the wait.</param>
internal sealed class Gathering(Func<int> waiting, TimeProvider time)
{
    /// <summary>Up to here nobody is waited for: two, and what is left of more.</summary>
    private const double Few = 2.5;

    /// <summary>The share of those who ask at the same time that is waited for: the last to come back take too long.</summary>
    private const double Most = 0.75;

    /// <summary>The share of what the last work met in the number of those who ask at the same time.</summary>
    private const double Weight = 0.25;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>After so long without work those of then are forgotten.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private TaskCompletionSource _gathered = new();
    private int _wanted = int.MaxValue;
    private double _together;
    private long _reckonedAt;

    /// <summary>To be called when one more waits.</summary>
    public void Arrive()
    {
        if (Volatile.Read(ref _wanted) is var wanted and < int.MaxValue && waiting() >= wanted)
            _gathered.TrySetResult();
    }

    /// <summary>Returns when most are here, after about a millisecond, or when cancelled.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken = default)
    {
        if (time.GetElapsedTime(_reckonedAt) > Quiet)
            _together = 0;
        var wanted = (int)Math.Round(_together * Most);
        if (_together <= Few || waiting() >= wanted)
            return;
        _gathered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _wanted, wanted);
        if (waiting() < wanted)
            await Task.WhenAny(_gathered.Task, Task.Delay(LongestWait, time, cancellationToken));
        Volatile.Write(ref _wanted, int.MaxValue);
    }

    /// <summary>To be called when the work is done and before it is answered: those it was done for and those who wait by now ask at the same time.</summary>
    public void Reckon(int served)
    {
        _together += (served + waiting() - _together) * Weight;
        _reckonedAt = time.GetTimestamp();
    }
}
