using Fib.Rehearsal.Checks;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal;

/// <summary>Runs the bundle as the Docker platform does.</summary>
internal sealed class ComposePass(RehearsalEnvironment environment, SourceBundle bundle, EdgeClient edge, CheckTable table)
{
    private const string Web = "client";
    private const string Api = "server";
    private const string Nginx = "nginx";

    /// <summary>Runs every check and removes the containers.</summary>
    /// <param name="withoutLoad">Skips the load checks.</param>
    /// <param name="keep">Runs after the checks, before the containers are removed.</param>
    /// <param name="cancellationToken">Cancels the pass.</param>
    public async Task RunAsync(bool withoutLoad, Func<CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        await table.RunAsync(
            "missing property", token => MissingPropertyCheck.RunAsync(bundle, environment.Properties, token), cancellationToken);
        await bundle.WriteEnvironmentAsync(environment.Properties, cancellationToken);
        environment.CreateLogDirectories(bundle.Compose.Services.Select(service => service.Name));
        if (!await RunHooksAsync("hooks/prebuild", cancellationToken) || !await RunHooksAsync("hooks/predeploy", cancellationToken))
            return;

        await using var project = new ComposeProject(bundle.Directory, WriteTrust());
        if (!await table.RunAsync("all healthy", token => ContainerChecks.StartAsync(project, token), cancellationToken))
            return;
        await RunHooksAsync("hooks/postdeploy", cancellationToken);
        await CheckRunningSystemAsync(project, cancellationToken);
        if (withoutLoad)
            await table.SkipAsync("load and memory", "--no-load");
        else
            await new LoadCheck(project, edge).RunAsync(table, cancellationToken);
        await CheckRecoveryAsync(project, cancellationToken);
        await keep(cancellationToken);
    }

    private async Task CheckRunningSystemAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        await table.RunAsync("limits and users", token => ContainerChecks.LimitsAsync(project, token), cancellationToken);
        await table.RunAsync("submit -> term", edge.SubmitAndReadTermAsync, cancellationToken);
        await table.RunAsync("page in a browser", token => PageCheck.RunAsync(edge, token), cancellationToken);
        await table.RunAsync("Server-Sent Events", token => EdgeChecks.EventsAsync(edge, token), cancellationToken);
        await table.RunAsync("no WebSocket", token => EdgeChecks.NoWebSocketAsync(edge, token), cancellationToken);
        if (bundle.Compose.Services.Any(service => service.Name == Nginx))
            await CheckNginxAsync(project, cancellationToken);
        else
            await table.SkipAsync("host names, enhanced health's log", $"the bundle has no {Nginx}");
    }

    private async Task CheckNginxAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var names = bundle.Compose.Services.SelectMany(service => new[] { service.Name, service.Hostname });
        await table.RunAsync("host names", async token =>
            await ContainerChecks.ResolveAsync(await project.FindAsync(Nginx, token), names, token), cancellationToken);
        await table.RunAsync("enhanced health's log", EdgeChecks.HealthdLogAsync, cancellationToken);
    }

    private async Task CheckRecoveryAsync(ComposeProject project, CancellationToken cancellationToken)
    {
        var recovery = new RecoveryChecks(project, edge);
        foreach (var service in bundle.Compose.Services.Select(service => service.Name))
            await table.RunAsync($"{service} killed with -9", token => recovery.CrashAsync(service, token), cancellationToken);
        await table.RunAsync($"{Api} unavailable", token => recovery.RemoveAsync(Api, token), cancellationToken);
        await table.RunAsync($"{Api} recreated", token => recovery.CreateAsync(Api, token), cancellationToken);
        await table.RunAsync($"{Web} recreated", token => recovery.RecreateAsync(Web, token), cancellationToken);
        await RunHooksAsync("confighooks/predeploy", cancellationToken);
    }

    private Task<bool> RunHooksAsync(string hooks, CancellationToken cancellationToken) => table.RunAsync(hooks, async token =>
    {
        var results = await PlatformHooks.RunAsync(bundle, hooks, environment.Properties, token);
        return results.Count > 0 ? string.Join(", ", results) : "none";
    }, cancellationToken);

    /// <summary>
    /// Writes the only addition to the bundle: a mount of the stores' certificate authority. Every image trusts Amazon's, but not this one.
    /// </summary>
    private string WriteTrust()
    {
        var file = Path.Combine(environment.Directory, "trust.yml");
        var mount = $"volumes: [\"{environment.Certificate!.Authority}:{TestCertificateAuthority.TrustedPath}:ro\"]";
        var services = bundle.Compose.Services.Where(service => service.ReachesStores);
        File.WriteAllText(file, "services:\n" + string.Concat(services.Select(service => $"  {service.Name}: {{ {mount} }}\n")));
        return file;
    }
}
