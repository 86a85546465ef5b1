using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestration;

/// <summary>Sets going what is no process: parameters have their value, connection strings wait like others, other types run their own code.</summary>
internal sealed class ModelResources(
    DistributedApplicationModel model, ResourceNotificationService states, ResourceLoggerService logs, IDistributedApplicationEventing eventing, IServiceProvider services)
{
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(model.Resources
        .Where(r => r is not IResourceWithParent && !r.HasAnnotationOfType<InstanceNames>()).ToList().Select(r => StartAsync(r, cancellationToken)));

    private async Task StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        try
        {
            await states.WaitForDependenciesAsync(resource, cancellationToken);
            if (resource is ParameterResource parameter)
                await parameter.GetValueAsync(cancellationToken);
            await eventing.PublishAsync(new InitializeResourceEvent(resource, eventing, logs, states, services), cancellationToken);
            if (resource is ParameterResource or ConnectionStringResource)
                await states.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Running });
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logs.GetLogger(resource).LogError("{Message}", e.Message);
            await states.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.FailedToStart });
        }
    }
}
