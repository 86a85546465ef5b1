using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fib.ServiceDefaults;

/// <summary>Bounds how long a service takes to stop: orchestrators kill one that takes much longer, and what it holds is then lost.</summary>
internal static class ServiceStop
{
    /// <summary>How long requests, which take two seconds at most, and background work have to finish. Then connections are aborted.</summary>
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(2.5);

    /// <summary>How long clients of stores and telemetry have to close. Exporters try for five seconds each to reach a collector that does not answer.</summary>
    private static readonly TimeSpan DisposeDeadline = TimeSpan.FromSeconds(1);

    public static void AddStopDeadline(this IServiceCollection services) =>
        services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainDeadline);

    /// <summary>Disposes the service, and leaves what does not end in time to the end of the process.</summary>
    public static async Task DisposeInTimeAsync(IAsyncDisposable service)
    {
        try
        {
            await Task.Run(async () => await service.DisposeAsync()).WaitAsync(DisposeDeadline);
        }
        catch (TimeoutException)
        {
            // Only telemetry that was not delivered is lost.
        }
    }
}
