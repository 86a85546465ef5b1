using Fib.Core.Backlog;
using Fib.ServiceDefaults.Streams;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

/// <summary>This process' consumer of the backlog.</summary>
internal sealed class BacklogReader([FromKeyedServices(WorkerConnections.Backlog)] IConnectionMultiplexer redis, TimeProvider time)
{
    public GroupConsumer Consumer { get; } = new(redis, BacklogKeys.Stream, BacklogKeys.Group, time);
}
