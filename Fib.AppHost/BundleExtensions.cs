using Fib.Hosting.ElasticBeanstalk;
using Fib.AppHost.Routing;

namespace Fib.AppHost;

/// <summary>Configures how each resource is deployed in the bundle.</summary>
internal static class BundleExtensions
{
    /// <summary>The user of the official images of Redis and PostgreSQL.</summary>
    private const int StoreUser = 999;

    /// <summary>Adds the Elastic Beanstalk environment.</summary>
    public static void AddBundle(this IDistributedApplicationBuilder builder, BundleSettings settings) =>
        builder.AddElasticBeanstalkEnvironment(ResourceNames.Beanstalk)
            .WithApplication("fib")
            // The stores need a volume and a variable with another name than its property; only these targets support both.
            .WithTargets(settings.IncludesStores
                ? ElasticBeanstalkTargets.Docker | ElasticBeanstalkTargets.Ec2
                : ElasticBeanstalkTargets.All)
            .WithHardening()
            .WithAppSettings("Gateway", "Stores")
            .WithProperties(bundle => (bundle.ImagePrefix, bundle.MemoryLimit, bundle.HealthCheckPath) = ("multi-", "128m", "/health"));

    /// <summary>
    /// Deploys a project as a service that exports telemetry. Its image checks its own liveness with <c>--health</c>.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="configure">Sets the service's name, port and other properties.</param>
    /// <param name="isNative">Whether its image has a native program (Native AOT) instead of <c>dotnet</c> and an assembly.</param>
    public static IResourceBuilder<ProjectResource> PublishAsService(
        this IResourceBuilder<ProjectResource> project, Action<ElasticBeanstalkService> configure, bool isNative = false) =>
        project.PublishAsElasticBeanstalkService(service =>
        {
            configure(service);
            // One that exports nothing marks the traces that it starts as unsampled, so that no other service exports them.
            service.WithProperties(BundleProperties.OtlpEndpoint);
            if (project.Resource.HasAnnotationOfType<EndpointAnnotation>())
            {
                var name = Path.GetFileNameWithoutExtension(project.Resource.GetProjectMetadata().ProjectPath);
                if (isNative)
                    Check(service, $"/app/{name}", "--health");
                else
                    Check(service, "dotnet", $"/app/{name}.dll", "--health");
            }
        });

    /// <summary>Uses RDS, with environment properties for its address and user, or deploys a container.</summary>
    public static IResourceBuilder<PostgresServerResource> PublishAsRds(
        this IResourceBuilder<PostgresServerResource> postgres, BundleSettings settings)
    {
        postgres.PublishAsExisting(BundleProperties.Postgres);
        return settings.IncludesStores ? postgres.PublishAsElasticBeanstalkService(service =>
        {
            service.User = StoreUser;
            service.MemoryLimit = "256m";
            service.WithEnvironment("POSTGRES_DB", ResourceNames.Database)
                .WithEnvironment("POSTGRES_PASSWORD", BundleProperties.PostgresPassword);
            service.Scratch.Add("/var/run/postgresql");
            Check(service, "pg_isready", "-h", "127.0.0.1");
        }) : postgres;
    }

    /// <summary>Uses ElastiCache, with environment properties for its address, or deploys a container.</summary>
    public static IResourceBuilder<RedisResource> PublishAsElastiCache(
        this IResourceBuilder<RedisResource> redis, BundleSettings settings)
    {
        redis.PublishAsExisting(BundleProperties.Redis);
        return settings.IncludesStores ? redis.PublishAsElasticBeanstalkService(service =>
        {
            service.User = StoreUser;
            foreach (var word in (string[])["redis-server", "--appendonly", "yes"])
                service.Command.Add(word);
            Check(service, "redis-cli", "ping");
        }) : redis;
    }

    /// <summary>Deploys nginx with the gateway's routes, or the gateway itself.</summary>
    public static IResourceBuilder<ProjectResource> PublishAsRouter(
        this IResourceBuilder<ProjectResource> gateway, BundleSettings settings) => settings.IncludesGateway
        ? gateway.PublishAsService(service => service.PublishedPort = 80, isNative: true)
        : gateway.PublishAsNginx(NginxSettings.Read(RouteTable.Published), options =>
                NginxSettings.Configure(options, RouteTable.Published)).PublishAsElasticBeanstalkService(service => service.Name = "nginx");

    private static void Check(ElasticBeanstalkService service, params ReadOnlySpan<string> command)
    {
        foreach (var word in command)
            service.HealthCheck.Add(word);
    }
}
