namespace Fib.Api.Storage;

/// <summary>
/// Reads for a response that has begun, and cannot become 503 any more: a store that answers late is asked again, so that a busy
/// machine or a short outage does not break the response off.
/// </summary>
internal static class LateReads
{
    /// <summary>Shorter than the 10 seconds after which a router gives up a response of which no byte comes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats a read until it succeeds, for about eight seconds.</summary>
    /// <param name="read">The read; it may be repeated.</param>
    /// <param name="time">Times the pauses.</param>
    /// <param name="cancellationToken">The client has left.</param>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception late) when (StoreFailure.Is(late) && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(begun) < Limit)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
