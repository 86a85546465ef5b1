using Fib.Hosting.ElasticBeanstalk;
using Fib.AppHost.Routing;

namespace Fib.AppHost;

/// <summary>What each part of the system becomes in the bundle.</summary>
internal static class BundleExtensions
{
    /// <summary>The user of the official images of Redis and PostgreSQL.</summary>
    private const int StoreUser = 999;

    /// <summary>The bundle itself.</summary>
    public static void AddBundle(this IDistributedApplicationBuilder builder, BundleSettings settings) =>
        builder.AddElasticBeanstalkEnvironment(ResourceNames.Beanstalk)
            .WithApplication("fib")
            // With stores only where they have a disk, and can get their password under another name.
            .WithTargets(settings.ShipsStores ? ElasticBeanstalkTargets.Docker | ElasticBeanstalkTargets.Ec2 : ElasticBeanstalkTargets.All)
            .WithHardening()
            .WithAppSettings("Gateway", "Stores")
            .WithProperties(bundle => (bundle.ImagePrefix, bundle.MemoryLimit, bundle.HealthCheckPath) = ("multi-", "128m", "/health"));

    /// <summary>A project of ours as a service: its image answers <c>--health</c> with its liveness.</summary>
    public static IResourceBuilder<ProjectResource> PublishAsService(this IResourceBuilder<ProjectResource> project, Action<ElasticBeanstalkService> configure) =>
        project.PublishAsElasticBeanstalkService(service =>
        {
            configure(service);
            if (project.Resource.HasAnnotationOfType<EndpointAnnotation>())
                Check(service, "dotnet", $"/app/{Path.GetFileNameWithoutExtension(project.Resource.GetProjectMetadata().ProjectPath)}.dll", "--health");
        });

    /// <summary>RDS, whose address and user are environment properties; or a container, for those without AWS.</summary>
    public static IResourceBuilder<PostgresServerResource> PublishAsRds(this IResourceBuilder<PostgresServerResource> postgres, BundleSettings settings)
    {
        postgres.PublishAsExisting(BundleProperties.Postgres);
        return settings.ShipsStores ? postgres.PublishAsElasticBeanstalkService(service =>
        {
            service.User = StoreUser;
            service.MemoryLimit = "256m";
            service.WithEnvironment("POSTGRES_DB", ResourceNames.Database).WithEnvironment("POSTGRES_PASSWORD", BundleProperties.PostgresPassword);
            service.Scratch.Add("/var/run/postgresql");
            Check(service, "pg_isready", "-h", "127.0.0.1");
        }) : postgres;
    }

    /// <summary>ElastiCache, whose address is environment properties; or a container, for those without AWS.</summary>
    public static IResourceBuilder<RedisResource> PublishAsElastiCache(this IResourceBuilder<RedisResource> redis, BundleSettings settings)
    {
        redis.PublishAsExisting(BundleProperties.Redis);
        return settings.ShipsStores ? redis.PublishAsElasticBeanstalkService(service =>
        {
            service.User = StoreUser;
            foreach (var word in (string[])["redis-server", "--appendonly", "yes"])
                service.Command.Add(word);
            Check(service, "redis-cli", "ping");
        }) : redis;
    }

    /// <summary>nginx with the gateway's routes; or the gateway itself.</summary>
    public static IResourceBuilder<ProjectResource> PublishAsRouter(this IResourceBuilder<ProjectResource> gateway, BundleSettings settings) => settings.ShipsGateway
        ? gateway.PublishAsService(service => service.PublishedPort = 80)
        : gateway.PublishAsNginx(NginxRoutes.Read(RouteTable.Published), options => NginxRoutes.Configure(options, RouteTable.Published))
            .PublishAsElasticBeanstalkService(service => service.Name = "nginx");

    private static void Check(ElasticBeanstalkService service, params ReadOnlySpan<string> command)
    {
        foreach (var word in command)
            service.HealthCheck.Add(word);
    }
}
