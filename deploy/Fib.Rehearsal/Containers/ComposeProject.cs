using Fib.Rehearsal.Platform;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Containers;

/// <summary>The unpacked bundle under <c>docker-compose</c>.</summary>
/// <param name="directory">Where the compose file and <c>.env</c> are.</param>
/// <param name="overrides">Further compose files, laid over the bundle's own.</param>
internal sealed class ComposeProject(string directory, params string[] overrides) : IDeployment
{
    private const string Name = "fib-rehearsal";
    private static readonly TimeSpan ForTheEnd = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, "up", "-d", "--no-color");

    /// <summary>Whether compose accepts the file with its <c>.env</c>, and what it says if not.</summary>
    public Task<CommandResult> CheckAsync(CancellationToken cancellationToken) => Compose("config", "--quiet").TryRunAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Container>> ListAsync(CancellationToken cancellationToken)
    {
        const string format = "{{.Label \"com.docker.compose.service\"}} {{.ID}}";
        var lines = await Engine.DockerAsync(cancellationToken, "ps", "--all", "--filter", $"label=com.docker.compose.project={Name}", "--format", format);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(fields => new Container(fields[0], fields[1])).OrderBy(container => container.Service, StringComparer.Ordinal)];
    }

    /// <summary>The container of one service.</summary>
    public async Task<Container> FindAsync(string service, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Single(container => container.Service == service);

    /// <summary>Takes the container of one service away.</summary>
    public async Task RemoveAsync(string service, CancellationToken cancellationToken) =>
        await Engine.DockerAsync(cancellationToken, "rm", "--force", (await FindAsync(service, cancellationToken)).Id);

    /// <summary>Makes the container of one service, and leaves its neighbours alone.</summary>
    public Task CreateAsync(string service, CancellationToken cancellationToken) => RunAsync(cancellationToken, "up", "-d", "--no-color", "--no-deps", service);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(ForTheEnd);
        await RunAsync(deadline.Token, "down", "--volumes", "--remove-orphans", "--timeout", "5");
    }

    private Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments) => Compose(arguments).RunAsync(cancellationToken);

    private Command Compose(params string[] arguments)
    {
        string[] files = ["--file", SourceBundle.ComposeFile, .. overrides.SelectMany(file => new[] { "--file", file })];
        return new Command("docker-compose", [.. files, "--project-name", Name, .. arguments]) { Directory = directory, Environment = Bare() };
    }

    /// <summary>A variable of this process would win over <c>.env</c>, so compose sees none but those it needs itself.</summary>
    private static Dictionary<string, string?> Bare() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => name is not ("PATH" or "HOME") && !name.StartsWith("DOCKER_", StringComparison.Ordinal))
        .ToDictionary(name => name, string? (_) => null);
}
