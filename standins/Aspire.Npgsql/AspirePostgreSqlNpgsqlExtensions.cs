using Aspire.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers an <see cref="NpgsqlDataSource"/> for a connection of the app model.</summary>
public static class AspirePostgreSqlNpgsqlExtensions
{
    private const string Section = "Aspire:Npgsql";

    /// <summary>Registers a singleton <see cref="NpgsqlDataSource"/> with logging and, unless switched off, a health check, traces and metrics.</summary>
    /// <param name="builder">The host under construction.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes the settings after they were read from the configuration.</param>
    /// <param name="configureDataSourceBuilder">Changes the data source before it is built.</param>
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var settings = ReadSettings(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton(services => Build(services, settings, connectionName, configureDataSourceBuilder));
        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<DataSourceHealthCheck>("PostgreSql");
        if (!settings.DisableTracing)
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource("Npgsql"));
        if (!settings.DisableMetrics)
            builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter("Npgsql"));
    }

    private static NpgsqlSettings ReadSettings(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlSettings();
        configuration.GetSection(Section).Bind(settings);
        configuration.GetSection(Section).GetSection(connectionName).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static NpgsqlDataSource Build(IServiceProvider services, NpgsqlSettings settings, string connectionName, Action<NpgsqlDataSourceBuilder>? configure)
    {
        if (string.IsNullOrEmpty(settings.ConnectionString))
            throw new InvalidOperationException($"There is no connection string: set 'ConnectionStrings:{connectionName}', or 'ConnectionString' in the section '{Section}'.");
        var dataSource = new NpgsqlDataSourceBuilder(settings.ConnectionString).UseLoggerFactory(services.GetService<ILoggerFactory>());
        configure?.Invoke(dataSource);
        return dataSource.Build();
    }
}
