using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Background;

/// <summary>Repeats the work of a background service until the stop. No failure ends it: each is tried again after a delay, and logged once until the work succeeds.</summary>
/// <param name="work">What the log calls the work, such as <c>The repair of the backlog</c>.</param>
/// <param name="findOutage">Which other part made an attempt fail; null for a fault of the work itself.</param>
/// <param name="time">Times the delays.</param>
/// <param name="logger">Told when the work begins to fail and when it succeeds again.</param>
/// <param name="uses">The part that every iteration uses, or null: see <see cref="FailureLog"/>.</param>
public sealed class RetryLoop(string work, Func<Exception, Outage?> findOutage, TimeProvider time, ILogger logger, Dependency? uses = null)
{
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(250), MaxDelay = TimeSpan.FromSeconds(1);

    private readonly FailureLog _failures = new(work, findOutage, logger, uses);
    private long _begun;
    private TimeSpan _delay = MinDelay;

    /// <summary>Runs iterations one after another; ends only when stopped.</summary>
    /// <param name="iterateAsync">One iteration; returns how long to wait before the next.</param>
    /// <param name="stoppingToken">Ends the loop.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan>> iterateAsync, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(iterateAsync);
        while (true)
        {
            stoppingToken.ThrowIfCancellationRequested();
            if (await TryAsync(async token => await iterateAsync(token), stoppingToken) is { } pause && pause > TimeSpan.Zero)
                await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>Tries one piece of work until it succeeds.</summary>
    /// <param name="workAsync">What is tried.</param>
    /// <param name="stoppingToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunUntilSucceededAsync(Func<CancellationToken, Task> workAsync, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(workAsync);
        while (await TryAsync(Once, stoppingToken) is { } pause)
            await Task.Delay(pause, time, stoppingToken);

        async Task<TimeSpan?> Once(CancellationToken token)
        {
            await workAsync(token);
            return null;
        }
    }

    /// <summary>For an iteration that lasts: what failed before succeeds by now.</summary>
    public void SetSucceeded()
    {
        _failures.SetSucceeded(_begun);
        _begun = time.GetTimestamp();
        _delay = MinDelay;
    }

    /// <summary>The same as <see cref="RunAsync(Func{CancellationToken, Task{TimeSpan}}, CancellationToken)"/>, without a pause between iterations that succeed.</summary>
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

    /// <summary>What the work returns, or after a failure how long to wait before the next attempt.</summary>
    private async Task<TimeSpan?> TryAsync(Func<CancellationToken, Task<TimeSpan?>> workAsync, CancellationToken stoppingToken)
    {
        _begun = time.GetTimestamp();
        try
        {
            var result = await workAsync(stoppingToken);
            SetSucceeded();
            return result;
        }
        catch (Exception failure)
        {
            // What fails during the stop is no failure of the service: its process would end with one.
            stoppingToken.ThrowIfCancellationRequested();
            _failures.SetFailed(_begun, failure);
            var pause = _delay;
            _delay = _delay * 2 < MaxDelay ? _delay * 2 : MaxDelay;
            return pause;
        }
    }
}
