using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fib.ServiceDefaults;

/// <summary>Bounds the shutdown of a service: orchestrators kill one that takes much longer, and unfinished work is lost.</summary>
internal static class ServiceShutdown
{
    /// <summary>
    /// The time for requests, which take two seconds at most, and for background work to finish. Then connections are aborted.
    /// </summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// The time for clients of stores and telemetry to close. An exporter tries for five seconds to reach an unresponsive collector.
    /// </summary>
    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(1);

    public static void AddShutdownTimeout(this IServiceCollection services) =>
        services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeout);

    /// <summary>Disposes the service; what takes longer than the timeout ends with the process.</summary>
    public static async Task DisposeWithTimeoutAsync(IAsyncDisposable service)
    {
        try
        {
            await Task.Run(async () => await service.DisposeAsync()).WaitAsync(DisposeTimeout);
        }
        catch (TimeoutException)
        {
            // Only telemetry that was not delivered is lost.
        }
    }
}
