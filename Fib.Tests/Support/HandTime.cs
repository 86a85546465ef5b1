using System.Collections.Concurrent;

namespace Fib.Tests.Support;

/// <summary>Time that passes, and whose timers run out, when a test says so.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly ConcurrentQueue<(TimerCallback Callback, object? State)> _timers = new();
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Enqueue((callback, state));
        return new Timer();
    }

    public void Pass(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

    /// <summary>Lets every timer run out that was set so far.</summary>
    public void RunOut()
    {
        while (_timers.TryDequeue(out var timer))
            timer.Callback(timer.State);
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
