namespace Fib.AppHost.Stores;

/// <summary>Provides connection strings to health checks, which are registered before the ports are known.</summary>
internal static class ConnectionStrings
{
    /// <summary>A function that returns the connection string of a resource once it is available.</summary>
    public static Func<string> ConnectionStringOf(this IDistributedApplicationBuilder builder, IResourceWithConnectionString resource)
    {
        string? value = null;
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(
            resource, async (_, cancellationToken) => value = await resource.GetConnectionStringAsync(cancellationToken));
        return () => value ?? throw new InvalidOperationException($"The connection string of '{resource.Name}' is not available yet.");
    }
}
