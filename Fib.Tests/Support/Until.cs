namespace Fib.Tests.Support;

/// <summary>Waits for what must come to pass: looks again and again until it is there or the deadline has passed.</summary>
internal static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The first answer that is not null; a request that fails meanwhile counts as not there yet.</summary>
    /// <exception cref="TimeoutException">It did not come; the message says what was waited for.</exception>
    public static async Task<T> FoundAsync<T>(string what, Func<CancellationToken, Task<T?>> look) where T : class
    {
        using var deadline = new CancellationTokenSource(Deadline);
        Exception? last = null;
        try
        {
            while (true)
            {
                try
                {
                    if (await look(deadline.Token) is { } found)
                        return found;
                }
                catch (HttpRequestException failure)
                {
                    last = failure;
                }

                await Task.Delay(Interval, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {Deadline.TotalSeconds} s in vain: {what}", last);
        }
    }

    /// <summary>Waits for a condition.</summary>
    /// <exception cref="TimeoutException">It did not come; the message says what was waited for.</exception>
    public static Task TrueAsync(string what, Func<CancellationToken, Task<bool>> look) =>
        FoundAsync(what, async cancellationToken => await look(cancellationToken) ? what : null);
}
