using Fib.LocalSystem.Processes;

namespace Fib.Bench.Page;

/// <summary>The memory of a process in MiB, read from <c>/proc</c>.</summary>
/// <param name="Peak">The peak resident memory, including shared and reclaimable pages of program files (<c>VmHWM</c>).</param>
/// <param name="Own">The current anonymous memory, which the kernel cannot reclaim (<c>RssAnon</c>).</param>
internal sealed record MemoryUsage(double Peak, double Own)
{
    /// <summary>Reads the memory of a process or of its one working child, whichever is larger.</summary>
    public static MemoryUsage Read(LocalProcess process) =>
        ProcessTree.ChildrenOf(process.Id).Append(process.Id)
            .Select(id => new MemoryUsage(ProcessTree.ReadMebibytes(id, "VmHWM:"), ProcessTree.ReadMebibytes(id, "RssAnon:")))
            .MaxBy(usage => usage.Peak)!;
}
