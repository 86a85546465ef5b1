using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fib.ServiceDefaults;

/// <summary>Runs a service so that a wrong setting ends the start with one line instead of a stack trace.</summary>
public static class ServiceProgram
{
    /// <summary>Exit code for a wrong setting: EX_CONFIG of sysexits.h.</summary>
    public const int WrongSetting = 78;

    /// <summary>Builds and runs the service until it is stopped.</summary>
    /// <returns>0, or <see cref="WrongSetting"/> after one line on standard error.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (Exception wrong) when (wrong is SettingException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return WrongSetting;
        }
    }
}
