using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Tests.Support;

/// <summary>The resources of a running system: waits for them, and says of one that does not come what state it is in and what it logged last.</summary>
internal sealed class SystemResources(DistributedApplication app)
{
    private const int LastLines = 15;

    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookupDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Executes a command that the dashboard offers.</summary>
    public async Task ExecuteAsync(string name, string command)
    {
        var result = await WaitAsync(name, CommandDeadline, token => app.ResourceCommands.ExecuteCommandAsync(Find(name), command, token));
        Assert.True(result.Success, $"{command} of {name}: {result.Message} {await DescribeAsync(name)}");
    }

    public async Task<CustomResourceSnapshot> GetStateAsync(string name) =>
        (await WaitAsync(name, LookupDeadline, token => app.ResourceNotifications.WaitForResourceAsync(name, _ => true, token))).Snapshot;

    /// <summary>Waits for a state.</summary>
    public Task UntilAsync(string name, Func<CustomResourceSnapshot, bool> isReached) =>
        WaitAsync(name, CommandDeadline, token => app.ResourceNotifications.WaitForResourceAsync(name, change => isReached(change.Snapshot), token));

    /// <summary>Waits until a resource is healthy; one that has ended fails at once.</summary>
    public Task UntilHealthyAsync(string name, TimeSpan? patience = null) => WaitAsync(
        name, patience ?? CommandDeadline, token => app.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, token));

    /// <summary>Everything that a resource and the orchestrator logged until now.</summary>
    public async Task<IReadOnlyList<string>> ReadLogAsync(string name)
    {
        using var deadline = new CancellationTokenSource(LookupDeadline);
        var log = new List<string>();
        try
        {
            await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(Find(name)).WithCancellation(deadline.Token))
                log.AddRange(lines.Select(line => line.Content));
        }
        catch (OperationCanceledException)
        {
            // What was read until then.
        }

        return log;
    }

    private IResource Find(string name) => app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    private async Task<T> WaitAsync<T>(string name, TimeSpan patience, Func<CancellationToken, Task<T>> wait)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            return await wait(deadline.Token);
        }
        catch (Exception failure) when (failure is DistributedApplicationException or OperationCanceledException)
        {
            throw new InvalidOperationException($"{failure.Message} {await DescribeAsync(name)}", failure);
        }
    }

    /// <summary>Its state, exit code and health, and the last lines of its log.</summary>
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
            return $"{name} is {state.State?.Text ?? "not started"}, exit code {state.ExitCode?.ToString() ?? "none"}, {state.HealthStatus?.ToString() ?? "health unknown"}.";
        }
        catch (OperationCanceledException)
        {
            return $"{name} is in no known state.";
        }
    }
}
