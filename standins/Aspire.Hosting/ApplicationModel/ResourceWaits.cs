using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Waits of one resource for an instance of another.</summary>
internal static class ResourceWaits
{
    public static bool HasFailed(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    public static CustomResourceSnapshot Initial(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation) ? annotation.InitialSnapshot : new()
        {
            ResourceType = resource switch
            {
                ProjectResource => "Project",
                ExecutableResource => "Executable",
                _ when resource.IsContainer() => "Container",
                _ => resource.GetType().Name,
            },
            Properties = [],
        };

    public static Task WaitAsync(
        ResourceNotificationService states, IResource resource, WaitAnnotation wait, string instance, WaitBehavior behavior, CancellationToken cancellationToken) => wait.WaitType switch
        {
            WaitType.WaitForCompletion => UntilEndedAsync(states, resource, wait, instance, cancellationToken),
            WaitType.WaitUntilStarted => UntilAsync(states, resource, wait, instance, behavior, s => s.State?.Text == KnownResourceStates.Running, cancellationToken),
            _ => UntilHealthyAsync(states, resource, wait, instance, behavior, cancellationToken),
        };

    private static async Task UntilHealthyAsync(
        ResourceNotificationService states, IResource resource, WaitAnnotation wait, string instance, WaitBehavior behavior, CancellationToken cancellationToken)
    {
        var healthy = await UntilAsync(
            states, resource, wait, instance, behavior, s => s is { HealthStatus: HealthStatus.Healthy, Ready: not null }, cancellationToken);
        await healthy.Ready!.WaitAsync(cancellationToken);
    }

    private static async Task<CustomResourceSnapshot> UntilAsync(
        ResourceNotificationService states, IResource resource, WaitAnnotation wait, string instance, WaitBehavior behavior,
        Func<CustomResourceSnapshot, bool> reached, CancellationToken cancellationToken)
    {
        var change = await states.WaitForResourceAsync(
            wait.Resource.Name,
            e => e.ResourceId == instance && (reached(e.Snapshot) || (behavior == WaitBehavior.StopOnResourceUnavailable && HasFailed(e.Snapshot))), cancellationToken);
        return reached(change.Snapshot) ? change.Snapshot : throw GaveUp(resource, change, "");
    }

    private static async Task UntilEndedAsync(
        ResourceNotificationService states, IResource resource, WaitAnnotation wait, string instance, CancellationToken cancellationToken)
    {
        var change = await states.WaitForResourceAsync(wait.Resource.Name, e => e.ResourceId == instance && HasFailed(e.Snapshot), cancellationToken);
        if (change.Snapshot.State?.Text == KnownResourceStates.FailedToStart || (change.Snapshot.ExitCode ?? wait.ExitCode) != wait.ExitCode)
            throw GaveUp(resource, change, $", expected '{wait.ExitCode}'");
    }

    private static DistributedApplicationException GaveUp(IResource resource, ResourceEvent change, string expected)
    {
        var code = change.Snapshot.ExitCode is { } exit ? $" with exit code '{exit}'" : "";
        return new($"Resource '{resource.Name}' stopped waiting for dependency resource '{change.Resource.Name}' because it entered the '{change.Snapshot.State?.Text}' state{code}{expected}.");
    }
}
