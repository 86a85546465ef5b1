namespace Fib.Api.Snapshots;

/// <summary>
/// One fetch at a time, shared by all who wait for it. Who comes while one is under way waits for the next: what they get
/// was fetched after they asked, as if each had asked alone, whatever other instances have written meanwhile.
/// </summary>
internal sealed class SharedFetch<T>(Func<Task<T>> fetch)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<T>? _next;
    private bool _isFetching;

    /// <summary>What a fetch finds that has not begun yet.</summary>
    public Task<T> GetAsync()
    {
        Task<T> found;
        lock (_lock)
        {
            _next ??= new TaskCompletionSource<T>();
            found = _next.Task;
            if (_isFetching)
                return found;
            _isFetching = true;
        }

        _ = FetchAllAsync();
        return found;
    }

    private async Task FetchAllAsync()
    {
        while (TakeNext() is { } waiting)
        {
            var fetched = FetchAsync();
            await ((Task)fetched).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // All who waited go on one after another, beside the next fetch: one thread is woken, not one for each.
            ThreadPool.UnsafeQueueUserWorkItem(_ => waiting.SetFromTask(fetched), null);
        }
    }

    /// <summary>What the fetch throws at once is thrown by its task too.</summary>
    private async Task<T> FetchAsync() => await fetch();

    private TaskCompletionSource<T>? TakeNext()
    {
        lock (_lock)
        {
            var next = _next;
            _next = null;
            _isFetching = next is not null;
            return next;
        }
    }
}
