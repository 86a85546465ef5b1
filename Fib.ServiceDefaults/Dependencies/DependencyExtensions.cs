using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Fib.ServiceDefaults.Dependencies;

internal static class DependencyExtensions
{
    /// <summary>Adds a <see cref="Dependency"/> for every service key, which becomes its name.</summary>
    public static void AddDependencies(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(KeyedService.AnyKey, (provider, name) => new Dependency(
            (string)name,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<Dependency>()));
    }
}
