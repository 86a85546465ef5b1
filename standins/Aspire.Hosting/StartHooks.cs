using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting;

/// <summary>What happens before anything starts, in both modes.</summary>
internal static class StartHooks
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var eventing = services.GetRequiredService<IDistributedApplicationEventing>();
        var mode = services.GetRequiredService<DistributedApplicationExecutionContext>();
        var model = services.GetRequiredService<DistributedApplicationModel>();
        foreach (var subscriber in services.GetServices<IDistributedApplicationEventingSubscriber>())
            await subscriber.SubscribeAsync(eventing, mode, cancellationToken);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        BindToTheOnlyEnvironment(model);
        var logger = services.GetRequiredService<ILogger<DistributedApplication>>();
        var context = new PipelineContext(model, mode, services, logger, cancellationToken);
        await ((Pipeline)services.GetRequiredService<IDistributedApplicationPipeline>()).ExecuteBeforeStartAsync(context);
    }

    private static void BindToTheOnlyEnvironment(DistributedApplicationModel model)
    {
        if (model.Resources.OfType<IComputeEnvironmentResource>().ToList() is not [var only])
            return;
        foreach (var resource in model.Resources.OfType<IComputeResource>().Where(r => r.GetComputeEnvironment() is null))
            resource.Annotations.Add(new ComputeEnvironmentAnnotation(only));
    }
}
