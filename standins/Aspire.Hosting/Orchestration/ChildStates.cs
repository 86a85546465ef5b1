namespace Aspire.Hosting.Orchestration;

/// <summary>Gives a resource without a process of its own, as a database, the state of the one it lives in.</summary>
internal sealed class ChildStates(DistributedApplicationModel model, ResourceNotificationService states)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in states.WatchAsync(cancellationToken))
            foreach (var child in model.Resources.OfType<IResourceWithParent>().Where(c => c.Parent == change.Resource && !c.HasAnnotationOfType<InstanceNames>()))
                if (!states.TryGetCurrentState(child.Name, out var before) || before.Snapshot.State != change.Snapshot.State)
                    await states.PublishUpdateAsync(child, child.Name, s => s with
                    {
                        State = change.Snapshot.State,
                        StartTimeStamp = change.Snapshot.StartTimeStamp,
                        StopTimeStamp = change.Snapshot.StopTimeStamp,
                        HealthReports = HealthMonitor.Pending(child),
                        Ready = null,
                    });
    }
}
