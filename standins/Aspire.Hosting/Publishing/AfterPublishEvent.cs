using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Publishing;

/// <summary>The pipeline has run without a failure.</summary>
public sealed class AfterPublishEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The application's resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}
