using Fib.ServiceDefaults.Health;
using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fib.ServiceDefaults;

/// <summary>Runs a service so that a wrong setting ends the start with one line instead of a stack trace.</summary>
public static class ServiceProgram
{
    /// <summary>Exit code for a wrong setting: EX_CONFIG of sysexits.h.</summary>
    public const int WrongSetting = 78;

    /// <summary>Exit code where background work ended that must not: EX_SOFTWARE of sysexits.h. Orchestrators start the service again.</summary>
    public const int BackgroundFailure = 70;

    /// <summary>Builds and runs the service until it is stopped, which takes at most four seconds. With the one argument <c>--health</c> it asks a running one instead whether it is alive.</summary>
    /// <returns>0, or <see cref="WrongSetting"/> after one line on standard error, <see cref="BackgroundFailure"/> where a background service failed; to <c>--health</c> 0 or 1.</returns>
    public static async Task<int> RunAsync(string[] args, Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        // Before anything is built: containers ask every few seconds.
        if (args is [AliveProbe.Argument])
            return await AliveProbe.RunAsync(Environment.GetEnvironmentVariable(AliveProbe.PortVariable));
        try
        {
            return await RunAsync(build());
        }
        catch (Exception wrong) when (wrong is SettingException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
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
            // It failed before the start was over, which the host gave up then.
        }
        finally
        {
            await ServiceStop.DisposeInTimeAsync(app);
        }

        return HasFailed(background) ? BackgroundFailure : 0;
    }

    private static bool HasFailed(IEnumerable<BackgroundService> background) => background.Any(service => service.ExecuteTask is { IsFaulted: true });
}
