using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.AppHost.Running;

/// <summary>Defaults for all resources of a run.</summary>
internal static class RunDefaults
{
    /// <summary>Polls every health check, and turns reloading of settings off unless dotnet watch runs.</summary>
    public static void AddRunDefaults(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return;
        builder.Services.PostConfigure<HealthCheckServiceOptions>(Poll);
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

    private static void Poll(HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations)
        {
            var create = registration.Factory;
            registration.Factory = provider => new PollingHealthCheck(create(provider));
        }
    }

    /// <summary>Each watched settings file needs an inotify instance; a user has 128 by default for all processes.</summary>
    private static void ReadSettingsOnce(Dictionary<string, object> variables) =>
        variables["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
}
