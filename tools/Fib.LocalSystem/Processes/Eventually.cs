namespace Fib.LocalSystem.Processes;

/// <summary>Waits for conditions that come about by themselves.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within the time; the message names it.</exception>
    public static async Task HoldsAsync(string condition, TimeSpan within, Func<CancellationToken, Task<bool>> asks, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(within);
        try
        {
            while (!await asks(deadline.Token))
                await Task.Delay(Pause, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"not within {within.TotalSeconds:0} s: {condition}");
        }
    }
}
