using Fib.AppHost;
using Fib.AppHost.Dashboard;
using Fib.AppHost.Routing;
using Fib.AppHost.Running;
using Fib.AppHost.Stores;

OneLineErrors.Install();
var builder = DistributedApplication.CreateBuilder(args);
var settings = HostSettings.Read(builder.Configuration);
var bundle = BundleSettings.Read(builder.Configuration);
builder.CheckPorts(settings);
builder.LockData(settings);
builder.AddRunDefaults();

// The stores: PostgreSQL is the source of truth, Redis has the backlog and the terms. Without a container runtime they are processes.
IResourceBuilder<IResourceWithConnectionString> database, redis;
var stores = StoreChoice.Read(builder);
if (stores.Kind == StoreKind.Containers)
{
    database = builder.AddPostgres(ResourceNames.Postgres).WithData(settings).PublishAsRds(bundle).AddDatabase(ResourceNames.Database);
    redis = builder.AddRedis(ResourceNames.Redis).WithData(settings).PublishAsElastiCache(bundle);
}
else
{
    database = builder.AddPostgresProcess(ResourceNames.Postgres, settings).AddDatabase(ResourceNames.Database);
    redis = builder.AddRedisProcess(ResourceNames.Redis, settings);
}

// The HTTP API: accepts submissions and returns terms.
var api = builder.AddProject<Projects.Fib_Api>(ResourceNames.Api)
    .WithReference(database).WaitFor(database)
    .WithReference(redis).WaitFor(redis)
    .WithOwnPort()
    // Its answers depend on neither the client's address nor the scheme.
    .DisableForwardedHeaders()
    .WithHttpHealthCheck("/health").WithHealthLink()
    .WithApiCommands()
    .PublishAsService(
        service =>
        {
            (service.Name, service.Hostname, service.Port) = ("server", "api", 5000);
            service.WithProperties(BundleProperties.MaximumIndex);
        },
        isNative: true);

// Computes terms.
var worker = builder.AddProject<Projects.Fib_Worker>(ResourceNames.Worker)
    .WithReference(redis).WaitFor(redis)
    .WithReplicas(settings.Workers)
    .WithOwnPort(replicas: settings.Workers)
    .WithHttpHealthCheck("/health").WithHealthLink()
    .PublishAsService(service => service.WithProperties(BundleProperties.MaximumIndex));

// Renders the page.
var web = builder.AddProject<Projects.Fib_Web>(ResourceNames.Web)
    .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
    .WithReference(api).WaitFor(api)
    .WithOwnPort()
    .WithHttpHealthCheck("/health").WithHealthLink()
    .PublishAsService(service =>
    {
        (service.Name, service.Hostname, service.Port) = ("client", "client", 3000);
        service.WithProperties(BundleProperties.MaximumIndex);
    });

// YARP reverse proxy, the only public endpoint. In the bundle nginx replaces it, unless Beanstalk:Gateway is yarp.
builder.AddProject<Projects.Fib_Gateway>(ResourceNames.Gateway)
    .WithOwnPort(settings.Port)
    .WithExternalHttpEndpoints()
    .WithRoutes(builder.ExecutionContext.IsPublishMode ? RouteTable.Published : RouteTable.Default)
    .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
    .WithReference(api).WaitFor(api)
    .WithReference(web).WaitFor(web)
    .WithHttpHealthCheck("/health").WithPageLinks()
    .WithStartMessage(stores)
    .PublishAsRouter(bundle);

database.WithClearCommand(redis, api, worker);

// "aspire publish" writes a bundle for AWS Elastic Beanstalk.
builder.AddBundle(bundle);

// Run() would wrap the exception of a start that fails.
await builder.Build().RunAsync();
