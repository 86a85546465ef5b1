using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Background;

/// <summary>
/// Repeats the work of a background service until it is stopped. A failure does not end the loop: the work is retried after
/// 250 ms to 1 s, and the failure is logged once until the work succeeds.
/// </summary>
/// <param name="work">The name of the work in the log, such as <c>The repair of the backlog</c>.</param>
/// <param name="findOutage">Finds the dependency that caused a failure; null for a fault of the work itself.</param>
/// <param name="time">The clock of the delays.</param>
/// <param name="logger">Receives a line when the work begins to fail and when it succeeds again.</param>
/// <param name="uses">The dependency that every iteration uses, or null: see <see cref="FailureLog"/>.</param>
public sealed class RetryLoop(
    string work, Func<Exception, Outage?> findOutage, TimeProvider time, ILogger logger, Dependency? uses = null)
{
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250), MaxDelay = TimeSpan.FromSeconds(1);

    private readonly FailureLog _failures = new(work, findOutage, logger, uses);
    private long _begun;
    private TimeSpan _delay = MinDelay;

    /// <summary>Runs iterations one after another until stopped.</summary>
    /// <param name="iterateAsync">One iteration; returns the delay before the next.</param>
    /// <param name="stoppingToken">Ends the loop.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan>> iterateAsync, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(iterateAsync);
        while (true)
        {
            stoppingToken.ThrowIfCancellationRequested();
            if (await TryAsync(async token => await iterateAsync(token), stoppingToken) is { } delay && delay > TimeSpan.Zero)
                await Task.Delay(delay, time, stoppingToken);
        }
    }

    /// <summary>Runs iterations one after another until stopped, without a delay after one that succeeds.</summary>
    /// <param name="iterateAsync">One iteration.</param>
    /// <param name="stoppingToken">Ends the loop.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public Task RunAsync(Func<CancellationToken, Task> iterateAsync, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(iterateAsync);
        return RunAsync(
            async token =>
            {
                await iterateAsync(token);
                return TimeSpan.Zero;
            }, stoppingToken);
    }

    /// <summary>Retries one piece of work until it succeeds.</summary>
    /// <param name="workAsync">The work.</param>
    /// <param name="stoppingToken">Ends the retries.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public async Task RunUntilSucceededAsync(Func<CancellationToken, Task> workAsync, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(workAsync);
        while (await TryAsync(Once, stoppingToken) is { } delay)
            await Task.Delay(delay, time, stoppingToken);

        async Task<TimeSpan?> Once(CancellationToken token)
        {
            await workAsync(token);
            return null;
        }
    }

    /// <summary>Records a success within an iteration that takes long, without waiting for its end.</summary>
    public void SetSucceeded()
    {
        _failures.SetSucceeded(_begun);
        _begun = time.GetTimestamp();
        _delay = MinDelay;
    }

    /// <summary>The result of the work, or after a failure the delay before the next attempt.</summary>
    private async Task<TimeSpan?> TryAsync(Func<CancellationToken, Task<TimeSpan?>> workAsync, CancellationToken stoppingToken)
    {
        _begun = time.GetTimestamp();
        try
        {
            var result = await workAsync(stoppingToken);
            SetSucceeded();
            return result;
        }
        catch (Exception exception)
        {
            // A failure during the stop is not a failure of the service: it would set the exit code of the process.
            stoppingToken.ThrowIfCancellationRequested();
            _failures.SetFailed(_begun, exception);
            var delay = _delay;
            _delay = _delay * 2 < MaxDelay ? _delay * 2 : MaxDelay;
            return delay;
        }
    }
}
