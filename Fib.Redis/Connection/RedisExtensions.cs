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

/// <summary>Connects to Redis, with the app model's connection string or a deployment's separate variables.</summary>
public static class RedisExtensions
{
    /// <summary>Adds the shared connection, and one for each blocking read, which delays every later command on its connection.</summary>
    /// <param name="builder">The builder of the service.</param>
    /// <param name="name">The name of the connection in the app model.</param>
    /// <param name="blocking">The service keys of the connections for blocking reads.</param>
    /// <exception cref="SettingException">Neither source is set, or a value is malformed.</exception>
    public static void AddRedis(this WebApplicationBuilder builder, string name, params IEnumerable<string> blocking)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(blocking);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(StreamActivity.SourceName));
        var variables = RedisVariables.Read(builder.Configuration, name);
        builder.AddRedisClient(name, ConfigureClient, ConfigureOptions);
        foreach (var key in blocking)
            builder.AddKeyedRedisClient(key, ConfigureClient, ConfigureOptions);
        builder.Services.AddSingleton<IHostedService>(provider => new FailoverMonitor(
            [
                provider.GetRequiredService<IConnectionMultiplexer>(),
                .. blocking.Select(key => provider.GetRequiredKeyedService<IConnectionMultiplexer>(key)),
            ],
            provider.GetRequiredKeyedService<Dependency>(RedisFailure.DependencyName),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FailoverMonitor>>()));

        void ConfigureClient(StackExchangeRedisSettings settings)
        {
            settings.ConnectionString = variables.ConnectionString;
            // Replaced by a health check with a deadline, and by spans that join producer and consumer.
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
        }

        void ConfigureOptions(ConfigurationOptions options)
        {
            options.Password = variables.Password ?? options.Password;
            options.ConnectTimeout = 2_000;
            // Always one second between attempts; the default delay grows to ten seconds during a long outage.
            options.ReconnectRetryPolicy = new LinearRetry(1_000);
            options.AsyncTimeout = 1_500 + (int)GroupConsumer.BlockTimeout.TotalMilliseconds;
            // While the server is unavailable, a command fails immediately: its caller gets the error and no commands accumulate.
            options.BacklogPolicy = BacklogPolicy.FailFast;
            // The thread pool reads the replies: threads of the client's own would be additional threads to wake.
            options.SocketManager = SocketManager.ThreadPool;
        }
    }
}
