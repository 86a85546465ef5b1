namespace Fib.ServiceDefaults.Batching;

/// <summary>
/// Delays shared work by up to a millisecond, so that concurrent requests join it. A commit or a query costs many times
/// what one more request in it costs, so under load the next one begins when a share of the concurrent requests waits for it.
/// The idea is that of PostgreSQL's <c>commit_delay</c> and <c>commit_siblings</c>. Single requests are not delayed.
/// </summary>
/// <param name="getWaiting">Returns the number of waiting requests.</param>
/// <param name="time">Limits the delay.</param>
/// <param name="targetShare">
/// The share of the concurrent requests that ends the delay, below 1: the last ones take too long to arrive.
/// </param>
public sealed class BatchingDelay(Func<int> getWaiting, TimeProvider time, double targetShare = BatchingDelay.DefaultShare)
{
    /// <summary>While half of the requests are served, the others arrive. Which share is best is measured (docs/performance.md).</summary>
    public const double DefaultShare = 0.5;

    /// <summary>No delay while the known number of concurrent requests is at or below this.</summary>
    private const double NoDelayBelow = 2.5;

    /// <summary>The weight of the newest number of concurrent requests, if it is higher than before or a delay expired.</summary>
    private const double Weight = 0.25;

    /// <summary>
    /// The weight of a lower number while no delay expires: it halves the difference within about 350 batches. Requests whose answer or
    /// whose next request is under way are not counted, so the highest recent number is the best one: with an average, batches shrink,
    /// more requests are under way, and batches shrink further.
    /// </summary>
    private const double LowerWeight = 0.002;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>After this time without work the number is reset.</summary>
    private static readonly TimeSpan IdleReset = TimeSpan.FromSeconds(1);

    private TaskCompletionSource _targetReached = new();
    private int _target = int.MaxValue;
    private double _concurrent;
    private bool _hasExpired;
    private long _completedAt;

    /// <summary>
    /// Call this after a request was added to the waiting ones, and hold no lock: the last of them begins the work inline, because
    /// another thread would have to be woken for it.
    /// </summary>
    public void OnEnqueued()
    {
        if (Volatile.Read(ref _target) is var target and < int.MaxValue && getWaiting() >= target)
            _targetReached.TrySetResult();
    }

    /// <summary>Returns when the share of the concurrent requests waits, after about a millisecond, or when cancelled.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken = default)
    {
        if (time.GetElapsedTime(_completedAt) > IdleReset)
            _concurrent = 0;
        var target = (int)Math.Round(_concurrent * targetShare);
        _hasExpired = false;
        if (_concurrent <= NoDelayBelow || getWaiting() >= target)
            return;
        var reached = _targetReached = new TaskCompletionSource();
        Interlocked.Exchange(ref _target, target);
        if (getWaiting() < target)
            await Task.WhenAny(reached.Task, Task.Delay(MaxDelay, time, cancellationToken));
        Volatile.Write(ref _target, int.MaxValue);
        // A thread that was interrupted in OnEnqueued can end the next delay early, which is not an expiry.
        _hasExpired = !reached.Task.IsCompleted && getWaiting() < target;
    }

    /// <summary>
    /// Call this when the work is done, before its requests are answered. The number of concurrent requests is then the number
    /// that the work served plus the number that waits.
    /// </summary>
    /// <param name="served">The number of requests that the work served.</param>
    public void OnCompleted(int served)
    {
        var concurrent = served + getWaiting();
        _concurrent += (concurrent - _concurrent) * (concurrent > _concurrent || _hasExpired ? Weight : LowerWeight);
        _completedAt = time.GetTimestamp();
    }
}
