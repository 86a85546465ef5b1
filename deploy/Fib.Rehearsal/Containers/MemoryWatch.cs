namespace Fib.Rehearsal.Containers;

/// <summary>Samples the memory of a set of containers until it is disposed, and keeps the peaks.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<Container, MemoryGauge> _gauges;
    private readonly Dictionary<Container, long> _peaks = [];
    private readonly Task _sampling;

    private MemoryWatch(Dictionary<Container, MemoryGauge> gauges)
    {
        _gauges = gauges;
        Sample();
        _sampling = SampleAsync(_stop.Token);
    }

    /// <summary>Starts to watch running containers.</summary>
    public static async Task<MemoryWatch> StartAsync(IReadOnlyList<Container> containers, CancellationToken cancellationToken)
    {
        var gauges = new Dictionary<Container, MemoryGauge>();
        foreach (var container in containers)
            gauges[container] = MemoryGauge.Find((await Engine.InspectAsync(container.Id, cancellationToken)).Pid);
        return new MemoryWatch(gauges);
    }

    /// <summary>The most bytes that each container was seen with.</summary>
    public IReadOnlyDictionary<Container, long> Peaks => _peaks;

    /// <summary>How many processes each container lost to its limit.</summary>
    public long ReadKills(Container container) => _gauges[container].ReadKills();

    /// <summary>Stops sampling; the peaks stay.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        _stop.Dispose();
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                Sample();
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Sample()
    {
        foreach (var (container, gauge) in _gauges)
        {
            try
            {
                _peaks[container] = Math.Max(_peaks.GetValueOrDefault(container), gauge.ReadUsed());
            }
            catch (IOException)
            {
                // It has just ended; that it did shows in its state.
            }
        }
    }
}
