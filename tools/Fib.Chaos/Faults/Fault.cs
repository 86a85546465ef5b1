using System.Globalization;
using Fib.Chaos.Scheduling;

namespace Fib.Chaos.Faults;

/// <summary>One fault of one process.</summary>
/// <param name="At">The start, measured from the start of the schedule.</param>
/// <param name="Target">The name of the process.</param>
/// <param name="Kind">What happens to the process.</param>
/// <param name="Duration">How long the process stays killed, stopped or terminated.</param>
internal sealed record Fault(TimeSpan At, string Target, FaultKind Kind, TimeSpan Duration) : IScheduledAction
{
    /// <summary>The fault as one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.0} s  {Target,-9} {Description}, for {Duration.TotalSeconds:0.0} s");

    private string Description => Kind switch
    {
        FaultKind.Kill => "killed",
        FaultKind.Stop => "stopped",
        FaultKind.Restart => "terminated",
        _ => "killed with data loss",
    };
}

/// <summary>What happens to a process.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL to the process and its children, then a new start.</summary>
    Kill,

    /// <summary>SIGSTOP to the process and its children, then SIGCONT: connections stay open and get no response.</summary>
    Stop,

    /// <summary>A graceful shutdown, then a new start.</summary>
    Restart,

    /// <summary>SIGKILL, then a new start without the stored data; Redis only.</summary>
    KillWithDataLoss,
}
