using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fib.Chaos.Storms;

/// <summary>When which part was away, by <see cref="Stopwatch"/>'s timestamps.</summary>
internal sealed class OutageLog
{
    private readonly Lock _turn = new();
    private readonly List<(string Part, long From, long Until)> _outages = [];
    private readonly ConcurrentQueue<string> _ended = [];

    /// <summary>The parts that ended though nobody killed them.</summary>
    public IReadOnlyCollection<string> Ended => _ended;

    /// <summary>A part is away until the result is disposed.</summary>
    public IDisposable Begin(string part)
    {
        lock (_turn)
        {
            _outages.Add((part, Stopwatch.GetTimestamp(), long.MaxValue));
            return new Absence(this, _outages.Count - 1);
        }
    }

    /// <summary>A part was found ended.</summary>
    public void NoteEnded(string part) => _ended.Enqueue(part);

    /// <summary>Whether a part was away at any time of a span.</summary>
    public bool WasAway(string part, long from, long until)
    {
        lock (_turn)
            return _outages.Exists(outage => outage.Part == part && outage.From <= until && outage.Until >= from);
    }

    /// <summary>The spans in which no part was away, each from the end of the last outage to the start of the next.</summary>
    public IReadOnlyList<(long From, long Until)> FindCalms()
    {
        lock (_turn)
        {
            var calms = new List<(long From, long Until)>();
            var end = long.MaxValue;
            foreach (var outage in _outages.OrderBy(outage => outage.From))
            {
                if (end < outage.From)
                    calms.Add((end, outage.From));
                end = end == long.MaxValue ? outage.Until : Math.Max(end, outage.Until);
            }

            return end == long.MaxValue ? calms : [.. calms, (end, long.MaxValue)];
        }
    }

    private void End(int position)
    {
        lock (_turn)
            _outages[position] = _outages[position] with { Until = Stopwatch.GetTimestamp() };
    }

    private sealed class Absence(OutageLog log, int position) : IDisposable
    {
        public void Dispose() => log.End(position);
    }
}
