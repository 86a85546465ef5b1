using Microsoft.Extensions.DependencyInjection;

namespace Fib.AppHost.Dashboard;

/// <summary>The instances of services; each replica is one.</summary>
internal sealed class ServiceInstances(IServiceProvider provider, IResource[] services)
{
    /// <summary>The ids of the instances that have a process.</summary>
    public async Task<string[]> FindRunningAsync(CancellationToken cancellationToken)
    {
        var count = services.Sum(service => service.GetReplicaCount());
        var states = new Dictionary<string, string?>();
        // The last state of each instance comes first.
        var notifications = provider.GetRequiredService<ResourceNotificationService>();
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            if (services.Contains(change.Resource))
                states[change.ResourceId] = change.Snapshot.State?.Text;
            if (states.Count == count)
                break;
        }

        return [.. states.Where(state => HasProcess(state.Value)).Select(state => state.Key)];
    }

    /// <summary>Executes a command on all given instances at once.</summary>
    /// <returns>The ids of those on which it succeeded, and why it failed on the others; null if it failed on none.</returns>
    public async Task<(string[] Succeeded, string? Problem)> ExecuteAsync(
        string command, string[] ids, CancellationToken cancellationToken)
    {
        var commands = provider.GetRequiredService<ResourceCommandService>();
        var results = await Task.WhenAll(ids.Select(id => commands.ExecuteCommandAsync(id, command, cancellationToken)));
        var failures = ids.Zip(results, (id, result) => (Id: id, Result: result)).Where(one => !one.Result.Success)
            .Select(one => $"{command} of {one.Id} failed: {one.Result.Message ?? "canceled"}").ToArray();
        return ([.. ids.Where((_, number) => results[number].Success)], failures.Length == 0 ? null : string.Join("; ", failures));
    }

    private static bool HasProcess(string? state) =>
        state != KnownResourceStates.NotStarted && state != KnownResourceStates.Waiting
        && !KnownResourceStates.TerminalStates.Contains(state);
}
