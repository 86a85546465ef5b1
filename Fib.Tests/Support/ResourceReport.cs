using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Tests.Support;

/// <summary>What a failed test says of a resource.</summary>
internal sealed class ResourceReport(DistributedApplication app)
{
    private const int Lines = 15;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>A resource of the model.</summary>
    public IResource Find(string name) => app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    /// <summary>Its state, exit code and health, and the last lines of its log.</summary>
    public async Task<string> DescribeAsync(string name)
    {
        var log = await ReadLogAsync(name);
        return $"{await DescribeStateAsync(name)}{string.Concat(log.TakeLast(Lines).Select(line => $"\n    {line}"))}";
    }

    /// <summary>Everything that it and the orchestrator logged until now.</summary>
    public async Task<IReadOnlyList<string>> ReadLogAsync(string name)
    {
        using var deadline = new CancellationTokenSource(Deadline);
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

    private async Task<string> DescribeStateAsync(string name)
    {
        using var deadline = new CancellationTokenSource(Deadline);
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
