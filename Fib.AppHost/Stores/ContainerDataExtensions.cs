namespace Fib.AppHost.Stores;

/// <summary>Configures where the containers of the stores keep their data.</summary>
internal static class ContainerDataExtensions
{
    public static IResourceBuilder<PostgresServerResource> WithData(
        this IResourceBuilder<PostgresServerResource> postgres, HostSettings settings) => settings switch
    {
        { KeepsData: false } => postgres,
        { DataDirectory: { } directory } => postgres.WithDataBindMount(Path.Combine(directory, postgres.Resource.Name)),
        _ => postgres.WithDataVolume(),
    };

    public static IResourceBuilder<RedisResource> WithData(this IResourceBuilder<RedisResource> redis, HostSettings settings) =>
        settings switch
    {
        { KeepsData: false } => redis,
        { DataDirectory: { } directory } => redis.WithDataBindMount(Path.Combine(directory, redis.Resource.Name)),
        _ => redis.WithDataVolume(),
    };
}
