namespace Fib.Worker;

/// <summary>The name under which the app model hands Redis over, and the worker's own second connection.</summary>
internal static class WorkerConnections
{
    public const string Redis = "redis";

    /// <summary>A connection of its own: a blocking read holds up everything behind it.</summary>
    public const string Backlog = "redis-backlog";
}
