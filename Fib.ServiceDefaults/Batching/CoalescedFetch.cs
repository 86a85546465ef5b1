namespace Fib.ServiceDefaults.Batching;

/// <summary>
/// Runs one fetch at a time and shares its result among all callers that wait for it. A caller that arrives during a fetch
/// gets the result of the next one, so every result was fetched after the call, whatever other instances have
/// written meanwhile. Under load a fetch waits for more callers (<see cref="BatchingDelay"/>).
/// </summary>
/// <param name="fetch">Fetches once.</param>
/// <param name="deadline">How long a caller waits, or up to a tenth of a second less.</param>
/// <param name="time">Limits the waiting.</param>
/// <param name="targetShare">The share of the concurrent callers that ends the delay of a fetch (<see cref="BatchingDelay"/>).</param>
public sealed class CoalescedFetch<T>(
    Func<Task<T>> fetch, TimeSpan deadline, TimeProvider time, double targetShare = BatchingDelay.DefaultShare)
{
    private readonly CoalescedCall<ValueTuple, T> _fetch = new(_ => fetch(), deadline, time, targetShare);

    /// <summary>The result of a fetch that begins after this call.</summary>
    /// <exception cref="TimeoutException">It did not end within the deadline.</exception>
    public Task<T> GetAsync() => _fetch.RunAsync(default, out _);
}
