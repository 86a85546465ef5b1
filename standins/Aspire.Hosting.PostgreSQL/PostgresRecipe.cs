using System.Globalization;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>
/// Runs a cluster of its own on this machine's PostgreSQL, for loopback only. The server refuses to run as root, so it runs as
/// postgres or nobody then. The superuser's password is set at every start: kept data stays readable without storing the password.
/// </summary>
internal sealed class PostgresRecipe(Func<IResource, string> dataFolder) : IProcessRecipe
{
    private static readonly HashSet<string> Understood = ["POSTGRES_HOST_AUTH_METHOD", "POSTGRES_INITDB_ARGS", "POSTGRES_USER", "POSTGRES_PASSWORD"];

    private string? _mount;
    private string? _settings;
    private bool _kept;

    public void Claim(IResource resource, RunSession session) =>
        (_mount, _settings, _kept) = (session.Data(resource, dataFolder(resource)), session.Temp("settings"), RunSession.IsKept(resource));

    public async Task<ProcessSpec> PrepareAsync(LaunchContext launch, CancellationToken cancellationToken)
    {
        var server = (PostgresServerResource)launch.Resource;
        var binaries = PostgresBinaries.Find(server.Name);
        var (arguments, variables) = await launch.EvaluateAsync(cancellationToken);
        if (variables.Keys.FirstOrDefault(v => !Understood.Contains(v)) is { } other)
            throw new DistributedApplicationException($"'{server.Name}' sets {other}, which only the container understands: use the real Aspire packages and a container runtime for that.");
        var (_, version) = await Tool.RunAsync(binaries.Server, ["--version"], "/", cancellationToken);
        launch.Log.LogInformation("{Server} stands in for the image {Image}: {Version}", binaries.Server, server.TryGetContainerImageName(out var image) ? image : "", version.Trim());
        var cluster = new PostgresCluster(binaries, _mount!, _settings!, _kept);
        await cluster.PrepareAsync(variables["POSTGRES_USER"], variables["POSTGRES_PASSWORD"], cancellationToken);
        return cluster.Run(
        [
            "-c", "listen_addresses=localhost", "-c", "unix_socket_directories=",
            "-p", server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture), .. arguments,
        ]);
    }
}
