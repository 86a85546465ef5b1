using Microsoft.Extensions.DependencyInjection;

namespace Fib.AppHost.Stores;

/// <summary>Redis as a process of the locally installed redis-server.</summary>
internal sealed class RedisProcessResource(
    string name, ParameterResource password, string directory) : StoreProcessResource(name, password, directory)
{
    /// <inheritdoc/>
    public override ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)},password={Password}");
}

/// <summary>Adds Redis as a process.</summary>
internal static class RedisProcessExtensions
{
    public static IResourceBuilder<RedisProcessResource> AddRedisProcess(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, HostSettings settings)
    {
        var redis = StoreProcessResource.Add(
            builder, (password, directory) => new RedisProcessResource(name, password, directory), name, "redis", settings);
        var connection = builder.ConnectionStringOf(redis.Resource);
        builder.Services.AddHealthChecks().AddRedis(_ => connection(), $"{name}_check");
        return redis.WithHealthCheck($"{name}_check");
    }
}
