using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Dependencies;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

internal static class BacklogLoopExtensions
{
    /// <summary>Adds a loop that reads one stream on its own connection.</summary>
    /// <param name="services">The worker's services.</param>
    /// <param name="stream">The stream, which is also the service key of its connection.</param>
    /// <param name="batchSize">The maximum number of entries of one read.</param>
    public static void AddBacklogLoop(this IServiceCollection services, string stream, int batchSize) =>
        services.AddSingleton<IHostedService>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var consumer = new GroupConsumer(
                provider.GetRequiredKeyedService<IConnectionMultiplexer>(stream), stream, BacklogKeys.Group,
                provider.GetRequiredService<WorkerName>().Value, provider.GetRequiredService<ConsumerSettings>(), time);
            return new BacklogLoop(
                consumer, stream, batchSize, provider.GetRequiredService<EntryHandler>(),
                provider.GetRequiredKeyedService<Dependency>(RedisFailure.DependencyName), time,
                provider.GetRequiredService<ILogger<BacklogLoop>>());
        });
}
