namespace Fib.Chaos.Storms;

/// <summary>What happens to a part.</summary>
internal enum OutageKind
{
    /// <summary>Killed with SIGKILL, with its children, and started again.</summary>
    Kill,

    /// <summary>Stopped with SIGSTOP, with its children, and continued: connections stay open and nothing answers.</summary>
    Stop,

    /// <summary>Asked to end, and started again.</summary>
    Restart,

    /// <summary>Killed with SIGKILL, and started again without its data; Redis only.</summary>
    Empty,
}
