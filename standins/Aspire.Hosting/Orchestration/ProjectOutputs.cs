using System.Collections.Concurrent;

namespace Aspire.Hosting.Orchestration;

/// <summary>Where projects are built to: what the app host's build recorded, else what the project's own evaluation says.</summary>
internal sealed class ProjectOutputs(AppHost appHost, RunSession session, IConfiguration configuration)
{
    private readonly ConcurrentDictionary<string, int> _copies = new();

    /// <summary>Whether edits are built and restarted.</summary>
    public bool Watching { get; } = configuration.GetValue<bool>("Watch");

    public async Task<string> FindAsync(string resource, string project, CancellationToken cancellationToken)
    {
        var path = AppHostMetadata.Value(appHost.Assembly, "TargetPath:" + project) ?? await EvaluateAsync(project, cancellationToken);
        if (!File.Exists(path))
            throw new DistributedApplicationException($"'{resource}' is not built: {path} does not exist. Build {project} first.");
        return Watching ? CopyOf(path) : path;
    }

    // A build writes over the files a running process has mapped, which can crash it: while watching, processes run from copies.
    private string CopyOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var copy = session.Temp("built", name, $"{_copies.AddOrUpdate(name, 0, (_, n) => n + 1)}");
        var from = Path.GetDirectoryName(path)!;
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(copy, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(copy, Path.GetRelativePath(from, file)), overwrite: true);
        return Path.Combine(copy, Path.GetFileName(path));
    }

    private static async Task<string> EvaluateAsync(string project, CancellationToken cancellationToken)
    {
        var (code, output) = await Tool.RunAsync(DotnetHost.Path, ["msbuild", project, "-getProperty:TargetPath", "-nologo"], Path.GetDirectoryName(project)!, cancellationToken);
        return code == 0 ? output.Trim() : throw new DistributedApplicationException($"{project} cannot be evaluated: {output.Trim()}");
    }
}
