using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Lifecycle;

/// <summary>Subscribes to events when the application starts.</summary>
public interface IDistributedApplicationEventingSubscriber
{
    /// <summary>Called once, before anything happens.</summary>
    Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken);
}
