namespace Fib.Worker;

/// <summary>The name under which the app model hands Redis over.</summary>
internal static class WorkerConnections
{
    public const string Redis = "redis";
}
