namespace Fib.Api.Database;

/// <summary>
/// Repeats reads for a response that has begun and can no longer become 503, so that a busy machine or a short outage does
/// not break off the response.
/// </summary>
internal static class ReadRetry
{
    /// <summary>Shorter than the 10 seconds after which a router gives up a response that sends nothing.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats a read until it succeeds, for about eight seconds.</summary>
    /// <param name="read">The read; it may run several times.</param>
    /// <param name="time">Times the pauses.</param>
    /// <param name="cancellationToken">Cancelled when the client has disconnected.</param>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (IsRetryable(exception) && time.GetElapsedTime(begun) < Limit)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        bool IsRetryable(Exception exception) => StoreFailure.Is(exception) && !cancellationToken.IsCancellationRequested;
    }
}
