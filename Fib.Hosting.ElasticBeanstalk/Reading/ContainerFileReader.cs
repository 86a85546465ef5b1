using System.Text;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>
/// Reads the files that the AppHost puts into a container (<c>WithContainerFiles</c>). They become files of the bundle, each mounted at its
/// path, so that the other files of its directory in the image stay visible.
/// </summary>
internal sealed class ContainerFileReader(DistributedApplicationExecutionContext mode, List<BundleFile> files, List<Problem> problems)
{
    private const string Folder = "files";

    public async Task<IReadOnlyList<Mount>> ReadAsync(DeployedResource deployed, CancellationToken cancellationToken)
    {
        var mounts = new List<Mount>();
        // A resource that is existing and deployed nevertheless is described by the service's own settings.
        if (deployed.IsExisting)
            return mounts;
        foreach (var annotation in deployed.Resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>())
        {
            var context = new ContainerFileSystemCallbackContext { Services = mode.Services, Model = deployed.Resource };
            var entries = await annotation.Callback(context, cancellationToken);
            Add(deployed, annotation.DestinationPath.TrimEnd('/'), entries, mounts);
        }
        return mounts;
    }

    private void Add(DeployedResource deployed, string directory, IEnumerable<ContainerFileSystemItem> entries, List<Mount> mounts)
    {
        foreach (var entry in entries)
        {
            var path = $"{directory}/{entry.Name}";
            if (entry is ContainerDirectory inner)
                Add(deployed, path, inner.Entries, mounts);
            else if (Read(entry, out var bytes) is { } problem)
                problems.Add(new Problem(deployed.Resource.Name, "container files", $"'{path}' {problem}"));
            else
            {
                var file = new BundleFile($"{Folder}/{deployed.Service.Name}{path}", bytes)
                {
                    Executable = entry.Mode.HasFlag(UnixFileMode.UserExecute),
                };
                files.Add(file);
                mounts.Add(new BundleMount(file.Path, path) { ReadOnly = true });
            }
        }
    }

    /// <summary>Reads a file; returns the reason if a bundle cannot contain it.</summary>
    private static string? Read(ContainerFileSystemItem entry, out byte[] bytes)
    {
        bytes = [];
        if (entry is not ContainerFile file)
            return $"is a {entry.GetType().Name}, which a bundle cannot contain: put it into the image.";
        // Every user of the instance can read the files of a bundle.
        if (file.Mode != UnixFileMode.None && !file.Mode.HasFlag(UnixFileMode.OtherRead))
            return "must not be readable by other users, and files of a bundle are: put its content into a secret parameter.";
        if (file.SourcePath is { Length: > 0 } source && !File.Exists(source))
            return $"comes from '{source}', which is not a file.";
        bytes = file.SourcePath is { Length: > 0 } existing ? File.ReadAllBytes(existing) : Encoding.UTF8.GetBytes(file.Contents ?? "");
        return null;
    }
}
