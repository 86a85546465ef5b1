using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;
using Fib.Rehearsal.Stores;

namespace Fib.Rehearsal;

/// <summary>The bundle as the Docker platform runs it.</summary>
internal sealed class ComposePass(Stage stage, SourceBundle bundle, FrontDoor door, CheckTable table)
{
    private const string Web = "client";
    private const string Api = "server";
    private const string Router = "nginx";

    /// <summary>Runs every check; whatever was started is gone afterwards.</summary>
    /// <param name="withoutLoad">Leaves out the load.</param>
    /// <param name="keep">Runs last, while the containers are up.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    public async Task RunAsync(bool withoutLoad, Func<CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        await table.RunAsync("missing property", token => MissingPropertyCheck.RunAsync(bundle, stage.Properties, token), cancellationToken);
        await bundle.WriteEnvironmentAsync(stage.Properties, cancellationToken);
        stage.CreateLogFolders(bundle.Compose.Services.Select(service => service.Name));
        if (!await RunHooksAsync("hooks/prebuild", cancellationToken) || !await RunHooksAsync("hooks/predeploy", cancellationToken))
            return;

        await using var project = new ComposeProject(bundle.Directory, WriteTrust());
        if (!await table.RunAsync("all healthy", token => StartCheck.RunAsync(project, token), cancellationToken))
            return;
        await RunHooksAsync("hooks/postdeploy", cancellationToken);
        await LookAsync(project, cancellationToken);
        if (withoutLoad)
            await table.SkipAsync("load and memory", "as asked for");
        else
            await new LoadCheck(project, door).RunAsync(table, cancellationToken);
        await ComeBackAsync(project, cancellationToken);
        await keep(cancellationToken);
    }

    private async Task LookAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var services = bundle.Compose.Services;
        await table.RunAsync("limits and users", token => StartCheck.LookAtLimitsAsync(project, token), cancellationToken);
        await table.RunAsync("host names", async token =>
            await NamesCheck.RunAsync(await project.FindAsync(Router, token), services.SelectMany(service => new[] { service.Name, service.Hostname }), token), cancellationToken);
        await table.RunAsync("submit -> term", door.TravelAsync, cancellationToken);
        await table.RunAsync("page in a browser", token => PageCheck.RunAsync(door, token), cancellationToken);
        await table.RunAsync("Server-Sent Events", token => EventsCheck.RunAsync(door, token), cancellationToken);
        await table.RunAsync("no WebSocket", token => WebSocketCheck.RunAsync(door, token), cancellationToken);
        await table.RunAsync("enhanced health's log", HealthdCheck.RunAsync, cancellationToken);
    }

    private async Task ComeBackAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var comeback = new ComebackChecks(project, door);
        foreach (var service in bundle.Compose.Services.Select(service => service.Name))
            await table.RunAsync($"{service} killed with -9", token => comeback.CrashAsync(service, token), cancellationToken);
        await table.RunAsync($"{Api} away", token => comeback.MissAsync(Api, token), cancellationToken);
        await table.RunAsync($"{Api} recreated", token => comeback.CreateAsync(Api, token), cancellationToken);
        await table.RunAsync($"{Web} recreated", token => comeback.RecreateAsync(Web, token), cancellationToken);
        await RunHooksAsync("confighooks/predeploy", cancellationToken);
    }

    private Task<bool> RunHooksAsync(string hooks, CancellationToken cancellationToken) => table.RunAsync(hooks, async token =>
        await PlatformHooks.RunAsync(bundle, hooks, stage.Properties, token) is { Count: > 0 } told ? string.Join(", ", told) : "none", cancellationToken);

    /// <summary>The one thing that the containers get beside the bundle: Amazon's authorities are in every image, this one is not.</summary>
    private string WriteTrust()
    {
        var file = Path.Combine(stage.Directory, "trust.yml");
        var mount = $"volumes: [\"{stage.Certificate!.Authority}:{TestAuthority.TrustedPath}:ro\"]";
        File.WriteAllText(file, "services:\n" + string.Concat(bundle.Compose.Services.Where(service => service.ReachesStores).Select(service => $"  {service.Name}: {{ {mount} }}\n")));
        return file;
    }
}
