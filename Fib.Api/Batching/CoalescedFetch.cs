using System.Diagnostics;

namespace Fib.Api.Batching;

/// <summary>
/// Runs one fetch at a time and shares its result among all callers that wait for it. A caller that arrives during a fetch
/// gets the result of the next one, so every result was fetched after the caller asked, whatever other instances have
/// written meanwhile. Under load a fetch waits for more callers (<see cref="BatchingDelay"/>).
/// </summary>
internal sealed class CoalescedFetch<T>
{
    private readonly Func<Task<T>> _fetch;
    private readonly BatchingDelay _delay;
    private readonly Lock _lock = new();
    private TaskCompletionSource<T>? _next;
    private Activity? _request;
    private int _waiting;
    private bool _isFetching;

    public CoalescedFetch(Func<Task<T>> fetch, TimeProvider time) =>
        (_fetch, _delay) = (fetch, new BatchingDelay(() => Volatile.Read(ref _waiting), time));

    /// <summary>The result of a fetch that begins after this call.</summary>
    public Task<T> GetAsync()
    {
        Task<T> result;
        bool isFetching;
        lock (_lock)
        {
            if (_next is null)
                (_next, _request) = (new TaskCompletionSource<T>(), Activity.Current);
            (result, isFetching, _isFetching) = (_next.Task, _isFetching, true);
            _waiting++;
        }

        if (isFetching)
            _delay.OnEnqueued();
        else
            _ = FetchAllAsync();
        return result;
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
            (_next, _waiting, _request) = (null, 0, null);
            return taken;
        }
    }

    private TaskCompletionSource<T>? Reset()
    {
        lock (_lock)
        {
            var waiting = _next;
            (_next, _request, _waiting, _isFetching) = (null, null, 0, false);
            return waiting;
        }
    }

    private bool HasWaiting()
    {
        lock (_lock)
            return _isFetching = _next is not null;
    }
}
