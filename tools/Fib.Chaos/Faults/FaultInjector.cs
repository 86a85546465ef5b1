using Fib.Chaos.Scheduling;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;

namespace Fib.Chaos.Faults;

/// <summary>Injects the faults of a schedule into a running system, and ends each of them.</summary>
internal sealed class FaultInjector(RunningSystem system, FaultLog log, TextWriter output)
{
    private readonly Dictionary<string, LocalProcess> _processes = system.Processes.ToDictionary(process => process.Name);
    private readonly Dictionary<string, Task> _faults = system.Processes.ToDictionary(process => process.Name, _ => Task.CompletedTask);

    /// <summary>The names of all processes of a system.</summary>
    public static IReadOnlyList<string> TargetsOf(RunningSystem system) => [.. system.Processes.Select(process => process.Name)];

    /// <summary>
    /// Runs the schedule to its end; afterwards every process is started, but may not serve yet. After a cancellation no fault is under
    /// way, but a process may be stopped or ended.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<Fault> schedule, CancellationToken cancellationToken)
    {
        try
        {
            await ScheduleRunner.RunAsync(schedule, output, fault =>
            {
                // Faults of different targets overlap: the schedule does not wait for the end of one.
                _faults[fault.Target] = InjectAsync(fault, _faults[fault.Target], cancellationToken);
                return Task.CompletedTask;
            }, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(_faults.Values);
        }

        foreach (var process in _processes.Values)
            log.CheckRunning(process);
    }

    /// <summary>
    /// The fault period of a store ends when the store serves again: the time that the services need to reconnect is not part of it.
    /// </summary>
    private async Task InjectAsync(Fault fault, Task previous, CancellationToken cancellationToken)
    {
        await previous;
        var process = _processes[fault.Target];
        // Faults of other processes are no reason for a process to exit.
        log.CheckRunning(process);
        using (log.Begin(fault.Target))
        {
            await BeginAsync(process, fault.Kind);
            await Task.Delay(fault.Duration, cancellationToken);
            if (fault.Kind == FaultKind.Stop)
                process.Continue();
            else
                await process.StartAsync(cancellationToken);
            if (process == system.Postgres.Process || process == system.Redis.Process)
                await process.WaitHealthyAsync(cancellationToken);
        }
    }

    private async Task BeginAsync(LocalProcess process, FaultKind kind)
    {
        switch (kind)
        {
            case FaultKind.Stop:
                process.Stop();
                break;
            case FaultKind.Restart:
                await process.TerminateAsync();
                break;
            default:
                await process.KillAsync();
                if (kind == FaultKind.KillWithDataLoss)
                    system.Redis.RemoveData();
                break;
        }
    }
}
