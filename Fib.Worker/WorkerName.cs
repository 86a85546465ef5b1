using Fib.Redis.Streams;

namespace Fib.Worker;

/// <summary>This process' name as a consumer.</summary>
internal sealed class WorkerName
{
    public string Value { get; } = GroupConsumer.CreateName();
}
