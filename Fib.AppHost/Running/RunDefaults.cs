using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.AppHost.Running;

/// <summary>What every resource of a run has.</summary>
internal static class RunDefaults
{
    /// <summary>Services answer within two seconds; one that hangs must not hold up what waits for it, nor the checks of the others.</summary>
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Limits the time of every health check, and has services read their settings once, unless sources are watched.</summary>
    public static void AddRunDefaults(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return;
        builder.Services.PostConfigure<HealthCheckServiceOptions>(LimitTime);
        // Set by dotnet watch.
        if (builder.Configuration["DOTNET_WATCH"] == "1")
            return;
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) =>
        {
            foreach (var project in starting.Model.GetProjectResources())
                project.Annotations.Add(new EnvironmentCallbackAnnotation(ReadSettingsOnce));
            return Task.CompletedTask;
        });
    }

    private static void LimitTime(HealthCheckServiceOptions options)
    {
        foreach (var check in options.Registrations)
            check.Timeout = HealthTimeout;
    }

    /// <summary>To watch a settings file takes an inotify instance, of which a user has 128 by default, over all processes.</summary>
    private static void ReadSettingsOnce(Dictionary<string, object> variables) => variables["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
}
