using System.Threading.Channels;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Builds a project when a file of it, or of a project it refers to, is edited, and restarts it; when the build fails the old one
/// goes on and the errors are in the project's log.
/// </summary>
internal sealed class SourceWatcher(IReadOnlyList<ResourceInstance> instances, ResourceLoggerService logs, ProjectOutputs outputs)
{
    // Editors save several files, and one file in several steps.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!outputs.Watching)
            return;
        var projects = instances.Where(i => i.Resource is ProjectResource).GroupBy(i => (ProjectResource)i.Resource)
            .ToDictionary(g => g.Key, g => (Instances: g.ToList(), Folders: ProjectClosure.Folders(g.Key.GetProjectMetadata().ProjectPath)));
        var edits = Channel.CreateUnbounded<string>();
        var watchers = projects.Values.SelectMany(p => p.Folders).Distinct().Select(folder => Watch(folder, edits.Writer)).ToList();
        try
        {
            while (await edits.Reader.WaitToReadAsync(cancellationToken))
            {
                var files = await SettledAsync(edits.Reader, cancellationToken);
                foreach (var (project, parts) in projects)
                    if (files.FirstOrDefault(file => parts.Folders.Any(folder => IsIn(file, folder))) is { } edited)
                        await RebuildAsync(project, parts.Instances, edited, cancellationToken);
            }
        }
        finally
        {
            foreach (var watcher in watchers)
                watcher.Dispose();
        }
    }

    private static FileSystemWatcher Watch(string folder, ChannelWriter<string> edits)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Changed += (_, e) => Tell(e.FullPath);
        watcher.Created += (_, e) => Tell(e.FullPath);
        watcher.Deleted += (_, e) => Tell(e.FullPath);
        watcher.Renamed += (_, e) => Tell(e.FullPath);
        watcher.EnableRaisingEvents = true;
        return watcher;

        void Tell(string path)
        {
            if (ProjectClosure.IsSource(Path.GetRelativePath(folder, path)))
                edits.TryWrite(path);
        }
    }

    private static async Task<HashSet<string>> SettledAsync(ChannelReader<string> edits, CancellationToken cancellationToken)
    {
        var files = new HashSet<string>();
        do
        {
            while (edits.TryRead(out var file))
                files.Add(file);
            await Task.Delay(Settle, cancellationToken);
        }
        while (edits.TryPeek(out _));
        return files;
    }

    private async Task RebuildAsync(ProjectResource project, List<ResourceInstance> parts, string edited, CancellationToken cancellationToken)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        var log = logs.GetLogger(project);
        log.LogInformation("{File} was edited: building.", Path.GetFileName(edited));
        var (code, output) = await Tool.RunAsync(DotnetHost.Path, ["build", path, "-nologo", "-v", "q", "--no-restore"], Path.GetDirectoryName(path)!, cancellationToken);
        if (code != 0)
        {
            log.LogError("The build failed; what ran before goes on.\n{Output}", output.Trim());
            return;
        }
        log.LogInformation("Built: restarting.");
        foreach (var part in parts)
            await part.RestartAsync(cancellationToken);
    }

    private static bool IsIn(string file, string folder) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
