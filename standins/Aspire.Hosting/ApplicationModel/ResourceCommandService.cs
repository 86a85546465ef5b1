using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Starts, stops and restarts resources of a running application.</summary>
public class ResourceCommandService
{
    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services) => _services = services;

    /// <summary>Runs a command on every instance of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ExecuteCommandAsync(resource.Name, commandName, cancellationToken);
    }

    /// <summary>Runs a command on a resource, or on one of its instances, by name.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var engine = _services.GetService<RunEngine>();
        var instances = engine?.Instances.Where(i => i.Is(resourceId)).ToList() ?? [];
        if (instances.Count == 0)
            return CommandResults.Failure($"There is no running resource '{resourceId}'.");
        Func<ResourceInstance, Task>? command = commandName switch
        {
            _ when commandName == KnownResourceCommands.StartCommand => i => i.StartAsync(wait: false, cancellationToken),
            _ when commandName == KnownResourceCommands.StopCommand => i => i.StopAsync(cancellationToken),
            _ when commandName == KnownResourceCommands.RestartCommand => i => i.RestartAsync(cancellationToken),
            _ => null,
        };
        if (command is null)
            return CommandResults.Failure($"Resource '{resourceId}' has no command '{commandName}'.");
        try
        {
            await Task.WhenAll(instances.Select(command));
            return CommandResults.Success();
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
        catch (DistributedApplicationException e)
        {
            return CommandResults.Failure(e);
        }
    }
}
