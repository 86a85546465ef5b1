using Fib.Rehearsal.Platform;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Containers;

/// <summary>The unpacked bundle, run by compose.</summary>
/// <param name="directory">The directory of the compose file and <c>.env</c>.</param>
/// <param name="overrides">Further compose files, merged into the bundle's own.</param>
internal sealed class ComposeProject(string directory, params string[] overrides) : IDeployment
{
    private const string Name = "fib-rehearsal";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, "up", "-d", "--no-color");

    /// <summary>Has compose validate its files and <c>.env</c>.</summary>
    public async Task<CommandResult> CheckAsync(CancellationToken cancellationToken) =>
        await (await ComposeAsync("config", "--quiet")).TryRunAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Container>> ListAsync(CancellationToken cancellationToken)
    {
        const string format = "{{.Label \"com.docker.compose.service\"}} {{.ID}}";
        const string filter = $"label=com.docker.compose.project={Name}";
        var lines = await Engine.DockerAsync(cancellationToken, "ps", "--all", "--filter", filter, "--format", format);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).Select(fields => new Container(fields[0], fields[1]))
            .OrderBy(container => container.Service, StringComparer.Ordinal)];
    }

    /// <summary>The container of one service.</summary>
    public async Task<Container> FindAsync(string service, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Single(container => container.Service == service);

    /// <summary>Removes the container of one service.</summary>
    public async Task RemoveAsync(string service, CancellationToken cancellationToken) =>
        await Engine.DockerAsync(cancellationToken, "rm", "--force", (await FindAsync(service, cancellationToken)).Id);

    /// <summary>Creates and starts the container of one service, without those that it depends on.</summary>
    public Task CreateAsync(string service, CancellationToken cancellationToken) =>
        RunAsync(cancellationToken, "up", "-d", "--no-color", "--no-deps", service);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(StopTimeout);
        await RunAsync(deadline.Token, "down", "--volumes", "--remove-orphans", "--timeout", "5");
    }

    private async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await (await ComposeAsync(arguments)).RunAsync(cancellationToken);

    private async Task<Command> ComposeAsync(params string[] arguments)
    {
        string[] files = ["--file", SourceBundle.ComposeFile, .. overrides.SelectMany(file => new[] { "--file", file })];
        string[] all = [.. files, "--project-name", Name, .. arguments];
        return (await ComposeProgram.GetAsync()).Command(all) with { Directory = directory, Environment = RemovedVariables() };
    }

    /// <summary>Variables take precedence over <c>.env</c>, so compose inherits only those that it needs itself.</summary>
    private static Dictionary<string, string?> RemovedVariables() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name is not ("PATH" or "HOME") && !name.StartsWith("DOCKER_", StringComparison.Ordinal))
        .ToDictionary(name => name, string? (_) => null);
}
