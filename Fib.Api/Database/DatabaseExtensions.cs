using System.Diagnostics.CodeAnalysis;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>
/// Registers PostgreSQL, which is the source of truth, and the connections to Redis, whose content can be rebuilt from it.
/// </summary>
internal static class DatabaseExtensions
{
    /// <summary>
    /// The connection name of Redis for the blocking read of outcomes, which would delay every other command on its
    /// connection.
    /// </summary>
    public const string OutcomesConnection = "redis-outcomes";

    private const string Database = "fibvalues";

    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        builder.AddPostgres();
        builder.AddRedis("redis", OutcomesConnection);
        builder.Services.AddSingleton(ConsumerSettings.Read(builder.Configuration));
        builder.Services.AddSingleton<StoreStates>();
        builder.Services.AddStoreTimeouts();
        builder.Services.AddExceptionHandler<StoreUnavailableHandler>();
        builder.Services.AddSingleton<SchemaState>().AddHostedService<SchemaInitializer>();
        builder.Services.AddHealthChecks()
            .AddCheck<PostgresHealthCheck>("postgres")
            .AddCheck<SchemaState>("schema")
            .AddCheck<RedisHealthCheck>("redis");
    }

    /// <summary>Registers a background service that other services use.</summary>
    public static IServiceCollection AddHosted<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());

    private static void AddPostgres(this WebApplicationBuilder builder)
    {
        var connectionString = PostgresSettings.Read(builder.Configuration, Database);
        builder.AddNpgsqlDataSource(
            Database,
            settings =>
            {
                settings.ConnectionString = connectionString;
                // The health check is our own, with a deadline; spans and metrics that are not exported are not recorded.
                settings.DisableHealthChecks = true;
                settings.DisableTracing = settings.DisableMetrics = !builder.ExportsTelemetry();
            },
            dataSource =>
            {
                dataSource.ConnectionStringBuilder.MaxPoolSize = PostgresSettings.ReadMaxConnections(builder.Configuration);
                dataSource.TrustMachineAuthorities(builder.Configuration);
                dataSource.Name = Database;
                dataSource.NameSpans();
                dataSource.UseServerKeepalives();
                SetDefaults(dataSource.ConnectionStringBuilder);
            });
    }

    private static void SetDefaults(NpgsqlConnectionStringBuilder settings)
    {
        // In seconds: a server that hangs is detected early enough to answer the request within two seconds.
        settings.Timeout = 2;
        settings.CommandTimeout = 2;
        settings.CancellationTimeout = -1;
        // Kerberos is not used: the negotiation costs a round trip, and a warning if its library is missing.
        settings.GssEncryptionMode = GssEncryptionMode.Disable;
        settings.ApplicationName ??= "Fib.Api";
        // The statements are few and always the same: each connection plans them once.
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        // Sessions keep no state, and a reset would cost the server more than most of the statements.
        settings.NoResetOnClose = true;
    }
}

/// <summary>Healthy while PostgreSQL answers a query.</summary>
internal sealed class PostgresHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarInTimeAsync(cancellationToken).WaitAsync(StoreUnavailable.Deadline, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (StoreErrors.IsUnavailable(exception))
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
        }
    }
}
