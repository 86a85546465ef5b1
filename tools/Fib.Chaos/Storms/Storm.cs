using System.Diagnostics;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;

namespace Fib.Chaos.Storms;

/// <summary>Lets a schedule happen to a system, and heals it afterwards.</summary>
internal sealed class Storm(RunningSystem system, OutageLog log, TextWriter output)
{
    private readonly Dictionary<string, LocalProcess> _parts = system.Processes.ToDictionary(process => process.Name);
    private readonly Dictionary<string, Task> _outages = system.Processes.ToDictionary(process => process.Name, _ => Task.CompletedTask);

    /// <summary>The parts to which something can happen: all of them.</summary>
    public static IReadOnlyList<string> PartsOf(RunningSystem system) => [.. system.Processes.Select(process => process.Name)];

    /// <summary>Runs the schedule to its end; afterwards every part is started, but may not serve yet.</summary>
    public async Task RunAsync(IReadOnlyList<Outage> schedule, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var outage in schedule)
        {
            var wait = outage.At - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            await output.WriteLineAsync(outage.ToString());
            _outages[outage.Part] = StrikeAsync(outage, _outages[outage.Part], cancellationToken);
        }

        await Task.WhenAll(_outages.Values);
        foreach (var part in _parts.Values)
            NoteIfEnded(part);
    }

    /// <summary>A store counts as away until it serves: what the services then need to find it again is theirs.</summary>
    private async Task StrikeAsync(Outage outage, Task before, CancellationToken cancellationToken)
    {
        await before;
        var part = _parts[outage.Part];
        NoteIfEnded(part);
        using (log.Begin(outage.Part))
        {
            await TakeAwayAsync(part, outage.Kind);
            await Task.Delay(outage.Away, cancellationToken);
            if (outage.Kind == OutageKind.Stop)
                part.Continue();
            else
                await part.StartAsync(cancellationToken);
            if (part == system.Postgres.Process || part == system.Redis.Process)
                await part.WaitHealthyAsync(cancellationToken);
        }
    }

    private async Task TakeAwayAsync(LocalProcess part, OutageKind kind)
    {
        switch (kind)
        {
            case OutageKind.Stop:
                part.Stop();
                break;
            case OutageKind.Restart:
                await part.EndAsync();
                break;
            default:
                await part.KillAsync();
                if (kind == OutageKind.Empty)
                    system.Redis.RemoveData();
                break;
        }
    }

    /// <summary>Whatever happens around it, a part has no reason to end by itself.</summary>
    private void NoteIfEnded(LocalProcess part)
    {
        if (!part.IsRunning)
            log.NoteEnded(part.Name);
    }
}
