using Microsoft.Extensions.DependencyInjection;

namespace Fib.AppHost.Stores;

/// <summary>PostgreSQL as a process of this machine's own programs, with a cluster of its own.</summary>
internal sealed class PostgresProcessResource(string name, ParameterResource password, string directory) : StoreProcessResource(name, password, directory)
{
    /// <inheritdoc/>
    public override ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username=postgres;Password={Password}");
}

/// <summary>A database of it, made when the cluster is.</summary>
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
    public static IResourceBuilder<PostgresProcessResource> AddPostgresProcess(this IDistributedApplicationBuilder builder, [ResourceName] string name, HostSettings settings)
    {
        var postgres = StoreProcessResource.Add(builder, (password, directory) => new PostgresProcessResource(name, password, directory), name, "postgres", settings)
            .WithEnvironment("POSTGRES_BIN", StorePrograms.PostgresFolder ?? "");
        return postgres.WithPostgresHealthCheck();
    }

    /// <summary>Adds the database, which the server makes together with its cluster.</summary>
    public static IResourceBuilder<PostgresProcessDatabaseResource> AddDatabase(this IResourceBuilder<PostgresProcessResource> postgres, [ResourceName] string name)
    {
        postgres.WithEnvironment("STORE_DATABASE", name);
        return postgres.ApplicationBuilder.AddResource(new PostgresProcessDatabaseResource(name, postgres.Resource))
            .WithIconName("Database")
            .WithPostgresHealthCheck()
            .OnInitializeResource(FollowServerAsync);
    }

    /// <summary>Gives the database the state of its server, as Aspire does for the databases of a container.</summary>
    private static async Task FollowServerAsync(PostgresProcessDatabaseResource database, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        await foreach (var change in started.Notifications.WatchAsync(cancellationToken))
        {
            if (change.Resource == database.Parent)
            {
                var (state, start, stop) = (change.Snapshot.State, change.Snapshot.StartTimeStamp, change.Snapshot.StopTimeStamp);
                await started.Notifications.PublishUpdateAsync(database, own => own with { State = state, StartTimeStamp = start, StopTimeStamp = stop });
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
