using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Worker.Backlog;

internal static class BacklogLoopExtensions
{
    /// <summary>Adds a loop that reads one stream on a connection of its own.</summary>
    /// <param name="services">The worker's services.</param>
    /// <param name="stream">The stream, which is also the key of its connection.</param>
    /// <param name="batchSize">How many entries are taken at a time.</param>
    public static void AddBacklogLoop(this IServiceCollection services, string stream, int batchSize) =>
        services.AddSingleton<IHostedService>(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            var connection = provider.GetRequiredKeyedService<IConnectionMultiplexer>(stream);
            var consumer = new GroupConsumer(connection, stream, BacklogKeys.Group, provider.GetRequiredService<WorkerName>().Value, provider.GetRequiredService<ConsumerSettings>(), time);
            return new BacklogLoop(consumer, stream, batchSize, provider.GetRequiredService<EntryHandler>(), provider.GetRequiredService<RedisState>(), time, provider.GetRequiredService<ILogger<BacklogLoop>>());
        });
}
