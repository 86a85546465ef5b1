using Fib.Api.Backlog;
using Fib.Api.Events;
using Fib.Api.Snapshots;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults.Telemetry;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>PostgreSQL, which holds the truth, and Redis, which can be rebuilt from it.</summary>
internal static class StoresExtensions
{
    public static void AddStores(this WebApplicationBuilder builder)
    {
        builder.AddPostgres();
        builder.AddRedis(ApiConnections.Redis, ApiConnections.Outcomes);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<StoreStates>();
        builder.Services.AddExceptionHandler<StoreExceptionHandler>();
        builder.Services.AddHealthChecks()
            .AddCheck<PostgresHealthCheck>("postgres")
            .AddCheck<SchemaState>("schema")
            .AddCheck<RedisHealthCheck>("redis")
            .AddCheck<WorkersHealthCheck>("workers");

        builder.Services.AddSingleton<SchemaState>().AddHostedService<SchemaInitializer>();
        builder.Services.AddSingleton<SubmissionStore>().AddSingleton<SubmissionReader>().AddSingleton<PendingTerms>().AddSingleton<TermStore>().AddSingleton<EventReader>();
        builder.Services.AddSingleton<KeyedSubmissions>().AddHostedService<KeyPurge>();
        builder.Services.AddSingleton<HistoryReader>().AddSingleton<HistoryCache>().AddSingleton<CurrentReader>().AddSingleton<CurrentCache>();
        builder.Services.AddHosted<SubmissionWriter>();
        builder.Services.AddHosted<EventFeed>();
        builder.Services.AddSingleton<PastEvents>();
        builder.Services.AddHostedService<ProgressFeed>();
        builder.Services.AddSingleton<BacklogAppender>().AddSingleton<LostIndexes>().AddSingleton<RepairTurn>().AddHostedService<BacklogRepair>();
        builder.Services.AddSingleton(ConsumerSettings.Read(builder.Configuration)).AddHostedService<OutcomeRecorder>();
        builder.Services.AddSingleton<FailedTerms>().AddSingleton<DeadLetterReader>();
    }

    private static void AddPostgres(this WebApplicationBuilder builder)
    {
        var connectionString = PostgresVariables.Read(builder.Configuration, ApiConnections.Database);
        builder.AddNpgsqlDataSource(
            ApiConnections.Database,
            settings =>
            {
                settings.ConnectionString = connectionString;
                // Health is our own, with a deadline; what is not exported is not recorded.
                settings.DisableHealthChecks = true;
                settings.DisableTracing = settings.DisableMetrics = !builder.ExportsTelemetry();
            },
            dataSource =>
            {
                dataSource.ConnectionStringBuilder.MaxPoolSize = PostgresVariables.ReadMaxConnections(builder.Configuration);
                dataSource.TrustMachineAuthorities(builder.Configuration);
                dataSource.Name = ApiConnections.Database;
                dataSource.NameSpans();
                SetDeadlines(dataSource.ConnectionStringBuilder);
            });
    }

    /// <summary>In seconds; a server that hangs is told from one that works in time for an answer within two.</summary>
    private static void SetDeadlines(NpgsqlConnectionStringBuilder settings)
    {
        settings.Timeout = 2;
        settings.CommandTimeout = 2;
        settings.CancellationTimeout = -1;
        // Kerberos is not used; asking for it costs a round trip, and a warning where its library is missing.
        settings.GssEncryptionMode = GssEncryptionMode.Disable;
        settings.ApplicationName ??= "Fib.Api";
        // The statements are few and the same all day: planned once to a connection, not every time.
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        // Nothing is left behind in a session, so there is nothing to reset: it would cost the server more than most of the statements.
        settings.NoResetOnClose = true;
    }

    private static void AddHosted<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());
}
