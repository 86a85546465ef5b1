using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Publishing;

/// <summary>The pipeline is about to run.</summary>
public sealed class BeforePublishEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The application's resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}
