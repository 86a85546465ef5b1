using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.ServiceDefaults.Background;

public sealed class RetryLoopTests : IDisposable
{
    private readonly RecordingLogger _logger = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dependency _store;

    public RetryLoopTests() => _store = new Dependency("The store", TimeProvider.System, _logger);

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task RunAsync_AnyFailure_IsLoggedOnceAndTheWorkIsRetried()
    {
        var run = 0;
        await RunAsync(() => ++run switch
        {
            1 or 2 => throw new TimeoutException($"Attempt {run} took too long."),
            3 => throw new InvalidOperationException("A fault."),
            4 => Task.CompletedTask,
            5 => throw new TimeoutException("It took too long."),
            6 => Task.CompletedTask,
            _ => _stop.CancelAsync(),
        });
        Assert.Equal(
            [
                "Warning: The store is unavailable: Attempt 1 took too long.",
                "Error: The work failed and will be retried.",
                "Information: The store is available again",
                // The next failure is within two seconds of the recovery, and so not a new outage.
                "Information: The work succeeded again.",
            ], _logger.Lines.Select(line => line.Split(" after ")[0]));
    }

    [Fact]
    public async Task RunAsync_CancellationWithoutAStop_IsRetried()
    {
        var run = 0;
        await RunAsync(() => ++run == 1 ? throw new OperationCanceledException() : _stop.CancelAsync());
        Assert.Equal(2, run);
    }

    [Fact]
    public async Task RunAsync_FailureDuringTheStop_EndsTheLoop()
    {
        await RunAsync(async () =>
        {
            await _stop.CancelAsync();
            throw new InvalidOperationException("A store ended first.");
        });
        Assert.Empty(_logger.Lines);
    }

    [Fact]
    public async Task RunUntilSucceededAsync_TwoFailures_ThreeAttempts()
    {
        var run = 0;
        await Loop().RunUntilSucceededAsync(_ => ++run < 3 ? throw new InvalidOperationException() : Task.CompletedTask, _stop.Token);
        Assert.Equal(3, run);
    }

    private async Task RunAsync(Func<Task> iterate) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Loop().RunAsync(_ => iterate(), _stop.Token));

    private RetryLoop Loop() => new("The work", FindOutage, TimeProvider.System, _logger);

    private Outage? FindOutage(Exception exception) => exception is TimeoutException ? new Outage(_store, exception.Message) : null;
}
