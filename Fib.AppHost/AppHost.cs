using Fib.AppHost;
using Fib.AppHost.Routing;

var builder = DistributedApplication.CreateBuilder(args);
var settings = HostSettings.Read(builder.Configuration);

// The stores: PostgreSQL holds the truth, Redis carries the work and the terms.
var postgres = builder.AddPostgres(ResourceNames.Postgres).WithData(settings);
var database = postgres.AddDatabase(ResourceNames.Database);
var redis = builder.AddRedis(ResourceNames.Redis).WithData(settings);

// Accepts and answers.
var api = builder.AddProject<Projects.Fib_Api>(ResourceNames.Api)
    .WithReference(database).WaitFor(database)
    .WithReference(redis).WaitFor(redis)
    .WithHttpHealthCheck("/health");

// Computes.
builder.AddProject<Projects.Fib_Worker>(ResourceNames.Worker)
    .WithReference(redis).WaitFor(redis)
    .WithReplicas(settings.Workers);

// The page.
var web = builder.AddProject<Projects.Fib_Web>(ResourceNames.Web)
    .WithReference(api).WaitFor(api)
    .WithHttpHealthCheck("/health");

// The browser's only door.
builder.AddProject<Projects.Fib_Gateway>(ResourceNames.Gateway)
    .WithEndpoint("http", endpoint => endpoint.Port = settings.Port)
    .WithExternalHttpEndpoints()
    .WithRoutes(RouteTable.Default, api, web)
    .WaitFor(api).WaitFor(web)
    .WithHttpHealthCheck("/health");

builder.Build().Run();
