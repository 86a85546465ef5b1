using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal;

/// <summary>The same four containers as the ECS-managed platform runs them, without its agent.</summary>
internal sealed class LinksPass(Stage stage, string dockerrunFile, FrontDoor door, CheckTable table)
{
    private const string Router = "nginx";

    /// <summary>Runs every check; whatever was started is gone afterwards.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string name = "links: all healthy";
        if (!File.Exists(dockerrunFile))
        {
            await table.SkipAsync(name, $"there is no {dockerrunFile}");
            return;
        }

        var dockerrun = Dockerrun.Read(await File.ReadAllTextAsync(dockerrunFile, cancellationToken));
        stage.CreateLogFolders(dockerrun.ContainerDefinitions.Select(definition => definition.Name));
        await using var task = new LinkedTask(dockerrun, stage.Properties, stage.Logs, stage.Certificate!.Authority);
        if (!await table.RunAsync(name, token => StartCheck.RunAsync(task, token), cancellationToken))
            return;

        var router = (await task.ListAsync(cancellationToken)).Single(container => container.Service == Router);
        var hosts = dockerrun.ContainerDefinitions.Single(definition => definition.Name == Router).Links
            .SelectMany(link => new[] { link, dockerrun.ContainerDefinitions.Single(definition => definition.Name == link).Hostname ?? link });
        await table.RunAsync("links: host names", token => NamesCheck.RunAsync(router, hosts, token), cancellationToken);
        await table.RunAsync("links: submit -> term", door.TravelAsync, cancellationToken);
        await table.RunAsync("links: page in a browser", token => PageCheck.RunAsync(door, token), cancellationToken);
        await table.RunAsync("links: Server-Sent Events", token => EventsCheck.RunAsync(door, token), cancellationToken);
    }
}
