namespace Fib.Rehearsal.Containers;

/// <summary>What the engine says of a container.</summary>
/// <param name="Pid">Its first process, as this machine counts.</param>
/// <param name="Running">Whether it runs.</param>
/// <param name="Restarts">How often its restart policy brought it back.</param>
/// <param name="OutOfMemory">Whether its last end was that it had no more memory.</param>
/// <param name="Health">healthy, unhealthy, starting, or none without a health check.</param>
/// <param name="MemoryLimit">In bytes; 0 for none.</param>
/// <param name="User">The user it runs as; empty for root.</param>
internal sealed record ContainerState(int Pid, bool Running, int Restarts, bool OutOfMemory, string Health, long MemoryLimit, string User);
