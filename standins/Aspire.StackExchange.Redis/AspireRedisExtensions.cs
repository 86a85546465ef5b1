using Aspire.StackExchange.Redis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers an <see cref="IConnectionMultiplexer"/> for a connection of the app model.</summary>
public static class AspireRedisExtensions
{
    /// <summary>Registers a singleton <see cref="IConnectionMultiplexer"/> that keeps trying to connect, with logging and, unless switched off, a health check.</summary>
    /// <param name="builder">The host under construction.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes the settings after they were read from the configuration.</param>
    /// <param name="configureOptions">Changes the client's options after the connection string was parsed.</param>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var connection = RedisConnection.Read(builder.Configuration, connectionName, configureSettings, configureOptions);

        builder.Services.AddSingleton<IConnectionMultiplexer>(connection.Open);
        if (!connection.Settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().Add(RedisHealthCheck.Register("StackExchange.Redis", services => services.GetRequiredService<IConnectionMultiplexer>()));
        if (!connection.Settings.DisableAutoActivation)
            builder.Services.AddSingleton<IHostedService>(services => new Activation(services.GetRequiredService<IConnectionMultiplexer>));
    }

    /// <summary>Registers an <see cref="IConnectionMultiplexer"/> as a keyed singleton.</summary>
    /// <param name="builder">The host under construction.</param>
    /// <param name="name">The service key, and the name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes the settings after they were read from the configuration.</param>
    /// <param name="configureOptions">Changes the client's options after the connection string was parsed.</param>
    public static void AddKeyedRedisClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var connection = RedisConnection.Read(builder.Configuration, name, configureSettings, configureOptions);

        builder.Services.AddKeyedSingleton<IConnectionMultiplexer>(name, (services, _) => connection.Open(services));
        if (!connection.Settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().Add(RedisHealthCheck.Register($"StackExchange.Redis_{name}", services => services.GetRequiredKeyedService<IConnectionMultiplexer>(name)));
        if (!connection.Settings.DisableAutoActivation)
            builder.Services.AddSingleton<IHostedService>(services => new Activation(() => services.GetRequiredKeyedService<IConnectionMultiplexer>(name)));
    }
}
