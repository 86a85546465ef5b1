using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal;

/// <summary>Runs the same containers as the ECS-managed platform does, without the ECS agent.</summary>
internal sealed class LinksPass(RehearsalEnvironment environment, string dockerrunFile, EdgeClient edge, CheckTable table)
{
    private const string Nginx = "nginx";

    /// <summary>Runs every check and removes the containers.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string name = "links: all healthy";
        if (!File.Exists(dockerrunFile))
        {
            await table.SkipAsync(name, $"{dockerrunFile} does not exist");
            return;
        }

        var dockerrun = Dockerrun.Read(await File.ReadAllTextAsync(dockerrunFile, cancellationToken));
        environment.CreateLogDirectories(dockerrun.ContainerDefinitions.Select(definition => definition.Name));
        await using var task = new LinkedTask(dockerrun, environment.Properties, environment.Logs, environment.Certificate!.Authority);
        if (!await table.RunAsync(name, token => ContainerChecks.StartAsync(task, token), cancellationToken))
            return;

        if ((await task.ListAsync(cancellationToken)).SingleOrDefault(container => container.Service == Nginx) is { } nginx)
            await table.RunAsync("links: host names", token => ContainerChecks.ResolveAsync(nginx, Hosts(dockerrun), token), cancellationToken);
        else
            await table.SkipAsync("links: host names", $"the bundle has no {Nginx}");
        await table.RunAsync("links: submit -> term", edge.SubmitAndReadTermAsync, cancellationToken);
        await table.RunAsync("links: page in a browser", token => PageCheck.RunAsync(edge, token), cancellationToken);
        await table.RunAsync("links: Server-Sent Events", token => EdgeChecks.EventsAsync(edge, token), cancellationToken);
    }

    /// <summary>The names under which nginx reaches its upstreams.</summary>
    private static IEnumerable<string> Hosts(Dockerrun dockerrun)
    {
        var definitions = dockerrun.ContainerDefinitions.ToDictionary(definition => definition.Name);
        return definitions[Nginx].Links.SelectMany(link => new[] { link, definitions[link].Hostname ?? link });
    }
}
