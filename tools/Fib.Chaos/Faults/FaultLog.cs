using System.Collections.Concurrent;
using System.Diagnostics;
using Fib.LocalSystem.Processes;

namespace Fib.Chaos.Faults;

/// <summary>The fault periods of each target, as <see cref="Stopwatch"/> timestamps. Thread-safe.</summary>
internal sealed class FaultLog
{
    private readonly Lock _lock = new();
    private readonly List<(string Target, long From, long Until)> _periods = [];
    private readonly ConcurrentQueue<string> _unexpectedExits = [];

    /// <summary>The processes that exited without an injected fault.</summary>
    public IReadOnlyCollection<string> UnexpectedExits => _unexpectedExits;

    /// <summary>Starts a fault period of a target; disposing the result ends it.</summary>
    public IDisposable Begin(string target)
    {
        lock (_lock)
        {
            _periods.Add((target, Stopwatch.GetTimestamp(), long.MaxValue));
            return new FaultPeriod(this, _periods.Count - 1);
        }
    }

    /// <summary>Records a process that has exited; call it while the process has no injected fault.</summary>
    public void CheckRunning(LocalProcess process)
    {
        if (!process.IsRunning)
            _unexpectedExits.Enqueue(process.Name);
    }

    /// <summary>Whether a fault period of a target overlaps a time span.</summary>
    public bool HasFault(string target, long from, long until)
    {
        lock (_lock)
            return _periods.Exists(period => period.Target == target && period.From <= until && period.Until >= from);
    }

    /// <summary>The fault-free periods, each from the end of the last fault to the start of the next.</summary>
    public IReadOnlyList<(long From, long Until)> FindFaultFreePeriods()
    {
        lock (_lock)
        {
            var faultFree = new List<(long From, long Until)>();
            var end = long.MaxValue;
            foreach (var period in _periods.OrderBy(period => period.From))
            {
                if (end < period.From)
                    faultFree.Add((end, period.From));
                end = end == long.MaxValue ? period.Until : Math.Max(end, period.Until);
            }

            return end == long.MaxValue ? faultFree : [.. faultFree, (end, long.MaxValue)];
        }
    }

    private void End(int position)
    {
        lock (_lock)
            _periods[position] = _periods[position] with { Until = Stopwatch.GetTimestamp() };
    }

    private sealed class FaultPeriod(FaultLog log, int position) : IDisposable
    {
        public void Dispose() => log.End(position);
    }
}
