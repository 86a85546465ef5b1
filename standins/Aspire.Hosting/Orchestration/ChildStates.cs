namespace Aspire.Hosting.Orchestration;

/// <summary>Gives a resource without a process of its own, as a database, the state of the one it lives in; it runs once that one is ready.</summary>
internal sealed class ChildStates(DistributedApplicationModel model, ResourceNotificationService states)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in states.WatchAsync(cancellationToken))
            foreach (var child in model.Resources.OfType<IResourceWithParent>().Where(c => c.Parent == change.Resource && !c.HasAnnotationOfType<InstanceNames>()))
                await FollowAsync(child, change.Snapshot, cancellationToken);
    }

    private async Task FollowAsync(IResource child, CustomResourceSnapshot parent, CancellationToken cancellationToken)
    {
        var state = parent.State?.Text == KnownResourceStates.Running && parent.Ready?.IsCompletedSuccessfully != true ? KnownResourceStates.Starting : parent.State?.Text;
        // The end of the ready event changes no state of the parent, so it is awaited here.
        if (parent is { State.Text: "Running", Ready: { IsCompleted: false } ready })
            _ = ready.ContinueWith(
                done => PublishAsync(child, done.IsCompletedSuccessfully ? KnownResourceStates.Running : KnownResourceStates.FailedToStart, parent),
                cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        if (state is not null && (!states.TryGetCurrentState(child.Name, out var before) || before.Snapshot.State?.Text != state))
            await PublishAsync(child, state, parent);
    }

    private Task PublishAsync(IResource child, string state, CustomResourceSnapshot parent) => states.PublishUpdateAsync(child, child.Name, s => s.State?.Text == state ? s : s with
    {
        State = new(state, parent.State?.Style),
        StartTimeStamp = parent.StartTimeStamp,
        StopTimeStamp = parent.StopTimeStamp,
        HealthReports = HealthMonitor.Pending(child),
        Ready = null,
    });
}
