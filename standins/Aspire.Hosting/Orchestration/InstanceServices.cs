using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestration;

/// <summary>What every instance needs.</summary>
internal sealed class InstanceServices(
    IServiceProvider provider, ResourceNotificationService states, ResourceLoggerService logs, IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext mode)
{
    public IServiceProvider Provider { get; } = provider;

    public ResourceNotificationService States { get; } = states;

    public ResourceLoggerService Logs { get; } = logs;

    public IDistributedApplicationEventing Eventing { get; } = eventing;

    public DistributedApplicationExecutionContext Mode { get; } = mode;

    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;
}
