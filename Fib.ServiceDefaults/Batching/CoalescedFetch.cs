using System.Diagnostics;

namespace Fib.ServiceDefaults.Batching;

/// <summary>
/// Runs one fetch at a time and shares its result among all callers that wait for it. A caller that arrives during a fetch
/// gets the result of the next one, so every result was fetched after the call, whatever other instances have
/// written meanwhile. Under load a fetch waits for more callers (<see cref="BatchingDelay"/>).
/// </summary>
public sealed class CoalescedFetch<T>
{
    /// <summary>Callers within this time share a deadline: a timer for each would cost more than everything else here.</summary>
    private static readonly TimeSpan SharedDeadline = TimeSpan.FromMilliseconds(100);

    private readonly Func<Task<T>> _fetch;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly BatchingDelay _delay;
    private readonly Lock _lock = new();
    private TaskCompletionSource<T>? _next;
    private Task<T>? _nextInTime;
    private long _nextInTimeSince;
    private Activity? _request;
    private int _waiting;
    private bool _isFetching;

    /// <param name="fetch">Fetches once.</param>
    /// <param name="deadline">How long a caller waits, or up to a tenth of a second less.</param>
    /// <param name="time">Limits the waiting.</param>
    /// <param name="targetShare">The share of the concurrent callers that ends the delay of a fetch (<see cref="BatchingDelay"/>).</param>
    public CoalescedFetch(Func<Task<T>> fetch, TimeSpan deadline, TimeProvider time, double targetShare = BatchingDelay.DefaultShare)
    {
        (_fetch, _deadline, _time) = (fetch, deadline, time);
        _delay = new BatchingDelay(() => Volatile.Read(ref _waiting), time, targetShare);
    }

    /// <summary>The result of a fetch that begins after this call.</summary>
    /// <exception cref="TimeoutException">It did not end within the deadline.</exception>
    public Task<T> GetAsync()
    {
        Task<T> result;
        bool isFetching;
        lock (_lock)
        {
            if (_next is null)
                (_next, _request) = (new TaskCompletionSource<T>(), Activity.Current);
            (result, isFetching, _isFetching) = (GetNextInTime(_next.Task), _isFetching, true);
            _waiting++;
        }

        if (isFetching)
            _delay.OnEnqueued();
        else
            _ = FetchAllAsync();
        return result;
    }

    private Task<T> GetNextInTime(Task<T> next)
    {
        var now = _time.GetTimestamp();
        if (_nextInTime is null || _time.GetElapsedTime(_nextInTimeSince, now) >= SharedDeadline)
            (_nextInTime, _nextInTimeSince) = (next.WaitAsync(_deadline, _time), now);
        return _nextInTime;
    }

    private async Task FetchAllAsync()
    {
        try
        {
            do
                await FetchNextAsync();
            while (HasWaiting());
        }
        catch (Exception exception)
        {
            // Such as too little memory: the next caller fetches again.
            Reset()?.SetException(exception);
        }
    }

    private async Task FetchNextAsync()
    {
        await _delay.WaitAsync();
        var (waiting, served, request) = TakeNext();
        try
        {
            var fetched = FetchAsync(request);
            await ((Task)fetched).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _delay.OnCompleted(served);
            // Runs the callers one after another beside the next fetch: this wakes one thread instead of one for each caller.
            ThreadPool.UnsafeQueueUserWorkItem(_ => waiting.SetFromTask(fetched), null);
        }
        catch (Exception exception)
        {
            waiting.TrySetException(exception);
            throw;
        }
    }

    /// <summary>
    /// Part of the trace of the first caller's request. An exception that the fetch throws synchronously ends in the task
    /// too.
    /// </summary>
    private async Task<T> FetchAsync(Activity? request)
    {
        Activity.Current = request is { IsStopped: false } ? request : null;
        return await _fetch();
    }

    private (TaskCompletionSource<T> Waiting, int Served, Activity? Request) TakeNext()
    {
        lock (_lock)
        {
            var taken = (_next!, _waiting, _request);
            (_next, _nextInTime, _waiting, _request) = (null, null, 0, null);
            return taken;
        }
    }

    private TaskCompletionSource<T>? Reset()
    {
        lock (_lock)
        {
            var waiting = _next;
            (_next, _nextInTime, _request, _waiting, _isFetching) = (null, null, null, 0, false);
            return waiting;
        }
    }

    private bool HasWaiting()
    {
        lock (_lock)
            return _isFetching = _next is not null;
    }
}
