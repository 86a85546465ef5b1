using Fib.ServiceDefaults.Health;
using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fib.ServiceDefaults;

/// <summary>Runs a service; an invalid setting ends the start with one line instead of a stack trace.</summary>
public static class ServiceProgram
{
    /// <summary>Exit code for an invalid setting: EX_CONFIG of sysexits.h.</summary>
    public const int WrongSetting = 78;

    /// <summary>Exit code if a background service failed: EX_SOFTWARE of sysexits.h. Orchestrators restart the service.</summary>
    public const int BackgroundFailure = 70;

    /// <summary>
    /// Builds the service and runs it until it is stopped, which takes at most four seconds. With <c>--health</c> as the only
    /// argument it checks the liveness of a running instance instead.
    /// </summary>
    /// <returns>
    /// 0; <see cref="WrongSetting"/> after one line on standard error; <see cref="BackgroundFailure"/> if a background service
    /// failed. With <c>--health</c> 0 if the instance is alive, else 1.
    /// </returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        // Before anything is built: a container runs its health check every few seconds.
        if (args is [AliveProbe.Argument])
            return await AliveProbe.RunAsync(Environment.GetEnvironmentVariable(AliveProbe.PortVariable));
        try
        {
            return await RunAsync(build());
        }
        catch (Exception exception) when (exception is SettingException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongSetting;
        }
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        BackgroundService[] background = [];
        try
        {
            background = [.. app.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException) when (HasFailed(background))
        {
            // A background service failed during the start, and the host cancelled the start.
        }
        finally
        {
            await ServiceShutdown.DisposeWithTimeoutAsync(app);
        }

        return HasFailed(background) ? BackgroundFailure : 0;
    }

    private static bool HasFailed(IEnumerable<BackgroundService> background) =>
        background.Any(service => service.ExecuteTask is { IsFaulted: true });
}
