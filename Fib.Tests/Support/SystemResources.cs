using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Tests.Support;

/// <summary>Waits for resources of a running system; a timeout reports the resource's state and its last log lines.</summary>
internal sealed class SystemResources(DistributedApplication app)
{
    private const int LastLines = 15;

    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookupDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Executes a command that the dashboard offers.</summary>
    public async Task ExecuteAsync(string name, string command)
    {
        var result = await TryExecuteAsync(name, command);
        Assert.True(result.Success, $"{command} of {name}: {result.Message} {await DescribeAsync(name)}");
    }

    /// <summary>Executes a command that may fail.</summary>
    public Task<ExecuteCommandResult> TryExecuteAsync(string name, string command) => WaitAsync(
        name, CommandDeadline, token => app.ResourceCommands.ExecuteCommandAsync(Find(name), command, token));

    public async Task<CustomResourceSnapshot> GetStateAsync(string name) =>
        (await WaitAsync(name, LookupDeadline, token => app.ResourceNotifications.WaitForResourceAsync(name, _ => true, token))).Snapshot;

    /// <summary>Waits until every replica has reached a state, and returns their states by their ids.</summary>
    /// <param name="name">The resource.</param>
    /// <param name="isReached">Whether a replica, given its id, has reached it.</param>
    public Task<Dictionary<string, CustomResourceSnapshot>> UntilAsync(string name, Func<string, CustomResourceSnapshot, bool> isReached) =>
        WaitAsync(name, CommandDeadline, async token =>
        {
            var replicas = Find(name).GetReplicaCount();
            var states = new Dictionary<string, CustomResourceSnapshot>();
            await foreach (var change in app.ResourceNotifications.WatchAsync(token))
            {
                if (change.Resource.Name == name)
                    states[change.ResourceId] = change.Snapshot;
                if (states.Count == replicas && states.All(state => isReached(state.Key, state.Value)))
                    return states;
            }

            throw new OperationCanceledException("The host has stopped.");
        });

    /// <summary>Waits until a resource is healthy; one that has ended fails immediately.</summary>
    public Task UntilHealthyAsync(string name, TimeSpan? timeout = null) => WaitAsync(
        name,
        timeout ?? CommandDeadline,
        token => app.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, token));

    /// <summary>All log lines so far of a resource and of the orchestrator.</summary>
    public async Task<IReadOnlyList<string>> ReadLogAsync(string name)
    {
        using var deadline = new CancellationTokenSource(LookupDeadline);
        var log = new List<string>();
        try
        {
            var logger = app.Services.GetRequiredService<ResourceLoggerService>();
            await foreach (var lines in logger.GetAllAsync(Find(name)).WithCancellation(deadline.Token))
                log.AddRange(lines.Select(line => line.Content));
        }
        catch (OperationCanceledException)
        {
            // The lines that were read before the deadline.
        }

        return log;
    }

    private IResource Find(string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    private async Task<T> WaitAsync<T>(string name, TimeSpan timeout, Func<CancellationToken, Task<T>> wait)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            return await wait(deadline.Token);
        }
        catch (Exception exception) when (exception is DistributedApplicationException or OperationCanceledException)
        {
            throw new InvalidOperationException($"{exception.Message} {await DescribeAsync(name)}", exception);
        }
    }

    /// <summary>The resource's state, exit code and health, and its last log lines.</summary>
    private async Task<string> DescribeAsync(string name)
    {
        var log = await ReadLogAsync(name);
        return $"{await DescribeStateAsync(name)}{string.Concat(log.TakeLast(LastLines).Select(line => $"\n    {line}"))}";
    }

    private async Task<string> DescribeStateAsync(string name)
    {
        using var deadline = new CancellationTokenSource(LookupDeadline);
        try
        {
            var state = (await app.ResourceNotifications.WaitForResourceAsync(name, _ => true, deadline.Token)).Snapshot;
            var (exitCode, health) = (state.ExitCode?.ToString() ?? "none", state.HealthStatus?.ToString() ?? "health unknown");
            return $"{name} is {state.State?.Text ?? "not started"}, exit code {exitCode}, {health}.";
        }
        catch (OperationCanceledException)
        {
            return $"{name} has no known state.";
        }
    }
}
