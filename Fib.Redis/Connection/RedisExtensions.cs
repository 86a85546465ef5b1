using Aspire.StackExchange.Redis;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Dependencies;
using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>Connects to Redis, from the app model's connection string or a deployment's separate variables.</summary>
public static class RedisExtensions
{
    /// <summary>Adds the shared connection, and one for each blocking read, since that holds up everything behind it.</summary>
    /// <param name="builder">The service under construction.</param>
    /// <param name="name">The name of the connection in the app model.</param>
    /// <param name="blocking">The service keys of the connections for blocking reads.</param>
    /// <exception cref="SettingException">Neither is set, or one is malformed.</exception>
    public static void AddRedis(this WebApplicationBuilder builder, string name, params IEnumerable<string> blocking)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(blocking);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(StreamActivity.SourceName));
        var variables = RedisVariables.Read(builder.Configuration, name);
        builder.AddRedisClient(name, Set, Configure);
        foreach (var key in blocking)
            builder.AddKeyedRedisClient(key, Set, Configure);
        builder.Services.AddSingleton<IHostedService>(provider => new PrimaryWatch(
            [provider.GetRequiredService<IConnectionMultiplexer>(), .. blocking.Select(key => provider.GetRequiredKeyedService<IConnectionMultiplexer>(key))],
            provider.GetRequiredKeyedService<Dependency>(RedisFailure.DependencyName),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PrimaryWatch>>()));

        void Set(StackExchangeRedisSettings settings)
        {
            settings.ConnectionString = variables.ConnectionString;
            // Health and traces are our own: a check with a deadline, and spans that join producer and consumer.
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
        }

        void Configure(ConfigurationOptions options)
        {
            options.Password = variables.Password ?? options.Password;
            options.ConnectTimeout = 2_000;
            // However long it was away: the default waits for up to ten seconds between attempts.
            options.ReconnectRetryPolicy = new LinearRetry(1_000);
            options.AsyncTimeout = 1_500 + (int)GroupConsumer.Block.TotalMilliseconds;
            // While the server is away a command fails at once: whoever waits is told, and nothing piles up.
            options.BacklogPolicy = BacklogPolicy.FailFast;
            // The threads that everything runs on read the replies too: threads of the client's own would only be more to wake.
            options.SocketManager = SocketManager.ThreadPool;
        }
    }
}
