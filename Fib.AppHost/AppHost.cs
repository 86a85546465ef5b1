using Fib.AppHost;
using Fib.AppHost.Routing;
using Fib.AppHost.Running;
using Fib.AppHost.Stores;
using Fib.Hosting.ElasticBeanstalk;

OneLineErrors.Install();
var builder = DistributedApplication.CreateBuilder(args);
var settings = HostSettings.Read(builder.Configuration);
var bundle = BundleSettings.Read(builder.Configuration);
builder.CheckPorts(settings);

// The stores: PostgreSQL holds the truth, Redis carries the work and the terms. Where there is no container runtime they are processes.
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

// Accepts and answers.
var api = builder.AddProject<Projects.Fib_Api>(ResourceNames.Api)
    .WithReference(database).WaitFor(database)
    .WithReference(redis).WaitFor(redis)
    .WithOwnPort()
    .WithHttpHealthCheck("/health")
    .PublishAsElasticBeanstalkService(service =>
    {
        (service.Name, service.Hostname, service.Port) = ("server", "api", 5000);
        service.WithProperties(BundleProperties.MaximumIndex, BundleProperties.OtlpEndpoint);
    });

// Computes.
builder.AddProject<Projects.Fib_Worker>(ResourceNames.Worker)
    .WithReference(redis).WaitFor(redis)
    .WithReplicas(settings.Workers)
    .WithHttpHealthCheck("/health")
    .PublishAsElasticBeanstalkService(service => service.WithProperties(BundleProperties.MaximumIndex, BundleProperties.OtlpEndpoint));

// The page.
var web = builder.AddProject<Projects.Fib_Web>(ResourceNames.Web)
    .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery)
    .WithReference(api).WaitFor(api)
    .WithOwnPort()
    .WithHttpHealthCheck("/health")
    .PublishAsElasticBeanstalkService(service =>
    {
        (service.Name, service.Hostname, service.Port) = ("client", "client", 3000);
        service.WithProperties(BundleProperties.OtlpEndpoint);
    });

// The browser's only door. In the bundle nginx takes its place, unless Beanstalk:Gateway is yarp.
builder.AddProject<Projects.Fib_Gateway>(ResourceNames.Gateway)
    .WithOwnPort(settings.Port)
    .WithExternalHttpEndpoints()
    .WithRoutes(RouteTable.Default, api, web)
    .WaitFor(api).WaitFor(web)
    .WithHttpHealthCheck("/health")
    .WithStartMessage(stores)
    .PublishAsRouter(bundle);

// What "aspire publish" writes: a bundle for AWS Elastic Beanstalk.
builder.AddBundle(bundle);

builder.Build().Run();
