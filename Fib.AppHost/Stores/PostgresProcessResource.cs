using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fib.AppHost.Stores;

/// <summary>PostgreSQL as a process of the locally installed programs, with its own cluster.</summary>
internal sealed class PostgresProcessResource(
    string name, ParameterResource password, string directory) : StoreProcessResource(name, password, directory)
{
    /// <inheritdoc/>
    public override ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};" +
        $"Username=postgres;Password={Password}");
}

/// <summary>A database of it, created with the cluster.</summary>
internal sealed class PostgresProcessDatabaseResource(string name, PostgresProcessResource parent)
    : Resource(name), IResourceWithParent<PostgresProcessResource>, IResourceWithConnectionString
{
    /// <inheritdoc/>
    public PostgresProcessResource Parent => parent;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{parent};Database={Name}");
}

/// <summary>Adds PostgreSQL as a process.</summary>
internal static class PostgresProcessExtensions
{
    public static IResourceBuilder<PostgresProcessResource> AddPostgresProcess(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, HostSettings settings)
    {
        var postgres = StoreProcessResource
            .Add(builder, (password, directory) => new PostgresProcessResource(name, password, directory), name, "postgres", settings)
            .WithEnvironment("POSTGRES_BIN", StorePrograms.PostgresFolder ?? "");
        return postgres.WithPostgresHealthCheck();
    }

    /// <summary>Adds the database, which is created with the cluster.</summary>
    public static IResourceBuilder<PostgresProcessDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresProcessResource> postgres, [ResourceName] string name)
    {
        postgres.WithEnvironment("STORE_DATABASE", name);
        return postgres.ApplicationBuilder.AddResource(new PostgresProcessDatabaseResource(name, postgres.Resource))
            .WithIconName("Database")
            .WithPostgresHealthCheck()
            .OnInitializeResource(FollowServerAsync);
    }

    /// <summary>Copies the server's state to the database until the host stops, as Aspire does for databases of a container.</summary>
    private static async Task FollowServerAsync(
        PostgresProcessDatabaseResource database, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        var stopping = started.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await foreach (var change in started.Notifications.WatchAsync(ended.Token))
        {
            if (change.Resource == database.Parent)
            {
                var server = change.Snapshot;
                await started.Notifications.PublishUpdateAsync(database, own => own with
                {
                    State = server.State,
                    StartTimeStamp = server.StartTimeStamp,
                    StopTimeStamp = server.StopTimeStamp,
                });
            }
        }
    }

    private static IResourceBuilder<T> WithPostgresHealthCheck<T>(this IResourceBuilder<T> resource) where T : IResourceWithConnectionString
    {
        var (name, connection) = ($"{resource.Resource.Name}_check", resource.ApplicationBuilder.ConnectionStringOf(resource.Resource));
        resource.ApplicationBuilder.Services.AddHealthChecks().AddNpgSql(_ => connection(), name: name);
        return resource.WithHealthCheck(name);
    }
}
