namespace Fib.LocalSystem.Processes;

/// <summary>Polls every 50 ms, until a timeout, for a condition or a value.</summary>
internal static class Eventually
{
    /// <summary>
    /// The maximum wait for something that certainly happens: three minutes, because a busy machine can take ten times as long as an
    /// idle one, and only a failure waits so long.
    /// </summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a condition holds. A failed or timed-out request counts as "not yet".</summary>
    /// <param name="condition">The condition in words, for the message of the exception.</param>
    /// <param name="holds">Whether the condition holds now.</param>
    /// <param name="timeout">The maximum wait; default: <see cref="DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TimeoutException">The condition did not hold in time.</exception>
    public static Task HoldsAsync(
        string condition, Func<CancellationToken, Task<bool>> holds, TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        FindAsync(condition, async token => await holds(token) ? condition : null, timeout, cancellationToken);

    /// <summary>Waits for a value that is not null. A failed or timed-out request counts as "not yet".</summary>
    /// <param name="what">The awaited value in words, for the message of the exception.</param>
    /// <param name="find">The value now, or null.</param>
    /// <param name="timeout">The maximum wait; default: <see cref="DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TimeoutException">There was no value in time; the last failed request is the inner exception.</exception>
    public static async Task<T> FindAsync<T>(
        string what, Func<CancellationToken, Task<T?>> find, TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        where T : class
    {
        var limit = timeout ?? DefaultTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        Exception? last = null;
        try
        {
            while (true)
            {
                (var found, last) = await TryAsync(find, deadline.Token);
                if (found is not null)
                    return found;
                await Task.Delay(Interval, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"not within {limit.TotalSeconds:0} s: {what}", last);
        }
    }

    private static async Task<(T? Found, Exception? Failure)> TryAsync<T>(
        Func<CancellationToken, Task<T?>> find, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return (await find(cancellationToken), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return (null, exception);
        }
    }
}
