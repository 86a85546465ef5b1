using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
var folder = builder.Configuration["Data"];

var postgres = builder.AddPostgres("postgres");
var values = postgres.AddDatabase("values");
var redis = builder.AddRedis("redis");
if (folder is not null)
{
    postgres.WithDataBindMount(Path.Combine(folder, "postgres"));
    redis.WithDataBindMount(Path.Combine(folder, "redis"));
}

var api = builder.AddProject<Projects.Sample_Web>("api")
    .WithReference(values).WithReference(redis)
    .WaitFor(values).WaitFor(redis)
    .WithHttpHealthCheck("/health");

builder.AddProject<Projects.Sample_Web>("worker").WithReference(redis).WaitFor(redis).WithReplicas(2);

builder.AddProject<Projects.Sample_Web>("gateway")
    .WithEndpoint("http", e => e.Port = builder.Configuration.GetValue("Port", 3391))
    .WithExternalHttpEndpoints()
    .WithReference(api).WaitFor(api)
    .WithHttpHealthCheck("/health");

builder.Build().Run();
