using System.Globalization;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL.</summary>
public static class PostgresBuilderExtensions
{
    private const int FirstWithDataBelow = 18;

    /// <summary>Adds a PostgreSQL server; without a password one is generated.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var server = new PostgresServerResource(name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.Generated(builder, $"{name}-password", special: true));
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(check, _ => new PostgresHealthCheck(server, "postgres"), null, null));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage("library/postgres", "18.3").WithImageRegistry("docker.io")
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithHealthCheck(check)
            .WithAnnotation(new ProcessRecipeAnnotation(new PostgresRecipe(DataFolder)))
            .OnResourceReady((resource, _, cancellationToken) => PostgresDatabases.CreateAsync(resource, builder.Resources, cancellationToken));
    }

    /// <summary>Adds a database, named like the resource unless told otherwise.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(database.Name, database.DatabaseName);
        var check = $"{name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(check, _ => new PostgresHealthCheck(builder.Resource, database.DatabaseName), null, null));
        return builder.ApplicationBuilder.AddResource(database).WithHealthCheck(check);
    }

    /// <summary>Creates the database with this statement in place of CREATE DATABASE.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(this IResourceBuilder<PostgresDatabaseResource> builder, string script)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new CreationScriptAnnotation(script));
    }

    /// <summary>Keeps the data in a named volume.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder(builder.Resource), isReadOnly);

    /// <summary>Keeps the data in a folder; a relative path starts at the app host's folder.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataFolder(builder.Resource), isReadOnly);

    /// <summary>Sets the password.</summary>
    public static IResourceBuilder<PostgresServerResource> WithPassword(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Sets the superuser's name.</summary>
    public static IResourceBuilder<PostgresServerResource> WithUserName(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }

    /// <summary>Sets the port clients connect to.</summary>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port) =>
        builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);

    // The image keeps its data one folder deeper before version 18.
    private static string DataFolder(IResource server)
    {
        var tag = server.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) ? image.Tag : null;
        var number = string.Concat((tag ?? "").TakeWhile(char.IsAsciiDigit));
        return int.TryParse(number, CultureInfo.InvariantCulture, out var major) && major < FirstWithDataBelow ? "/var/lib/postgresql/data" : "/var/lib/postgresql";
    }
}
