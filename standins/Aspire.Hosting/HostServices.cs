using Aspire.Hosting.Reporting;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting;

/// <summary>The services of an app host.</summary>
internal static class HostServices
{
    public static void Add(HostApplicationBuilder host, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        host.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that fails is told once, by whoever called it.
        host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        host.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        // A store that is still starting fails its check many times; the table and the logs say it once.
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging"));
        var services = host.Services;
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(60));
        services.AddSingleton(options);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton(provider => new ResourceCommandService(provider));
        services.AddHealthChecks();
        services.AddHttpClient();
        services.AddSingleton(builder.Pipeline);
        services.Configure<PipelineOptions>(host.Configuration.GetSection("Pipeline"));
        services.AddSingleton<IPipelineOutputService, PipelineOutputService>();
        if (builder.ExecutionContext.IsPublishMode)
            services.AddHostedService<PipelineRunner>();
        else
            AddRun(services, builder, options);
    }

    private static void AddRun(IServiceCollection services, DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        services.AddSingleton(new AppHost(builder.AppHostDirectory, builder.Environment.ApplicationName, builder.AppHostAssembly));
        services.AddSingleton<RunSession>();
        services.AddSingleton<RunEngine>();
        services.AddSingleton<HealthMonitor>();
        if (!options.InTest)
            services.AddSingleton<ConsoleReport>();
        services.AddHostedService(provider => provider.GetRequiredService<RunEngine>());
    }
}
