using System.Diagnostics;

namespace Fib.Api.Snapshots;

/// <summary>
/// One fetch at a time, shared by all who wait for it. Who comes while one is under way waits for the next: what they get
/// was fetched after they asked, as if each had asked alone, whatever other instances have written meanwhile. Under load a
/// fetch waits for more who ask (<see cref="Gathering"/>).
/// </summary>
internal sealed class SharedFetch<T>
{
    private readonly Func<Task<T>> _fetch;
    private readonly Gathering _gathering;
    private readonly Lock _lock = new();
    private TaskCompletionSource<T>? _next;
    private Activity? _request;
    private int _waiting;
    private bool _isFetching;

    public SharedFetch(Func<Task<T>> fetch, TimeProvider time) => (_fetch, _gathering) = (fetch, new Gathering(() => Volatile.Read(ref _waiting), time));

    /// <summary>What a fetch finds that has not begun yet.</summary>
    public Task<T> GetAsync()
    {
        Task<T> found;
        bool isFetching;
        lock (_lock)
        {
            if (_next is null)
                (_next, _request) = (new TaskCompletionSource<T>(), Activity.Current);
            (found, isFetching, _isFetching) = (_next.Task, _isFetching, true);
            _waiting++;
        }

        if (isFetching)
            _gathering.Arrive();
        else
            _ = FetchAllAsync();
        return found;
    }

    private async Task FetchAllAsync()
    {
        do
        {
            await _gathering.WaitAsync();
            var (waiting, served, request) = TakeNext();
            var fetched = FetchAsync(request);
            await ((Task)fetched).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _gathering.Reckon(served);
            // All who waited go on one after another, beside the next fetch: one thread is woken, not one for each.
            ThreadPool.UnsafeQueueUserWorkItem(_ => waiting.SetFromTask(fetched), null);
        }
        while (IsWaitedFor());
    }

    /// <summary>A part of the trace of the request that asked first. What the fetch throws at once is thrown by its task too.</summary>
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

    private bool IsWaitedFor()
    {
        lock (_lock)
            return _isFetching = _next is not null;
    }
}
