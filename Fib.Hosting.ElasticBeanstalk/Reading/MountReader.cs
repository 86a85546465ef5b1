using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the mounts of a container: volumes, and files below the AppHost's directory, which become part of the bundle.</summary>
internal sealed class MountReader(
    ElasticBeanstalkEnvironmentResource environment, DistributedApplicationExecutionContext mode, List<Problem> problems)
{
    private const string Folder = "mounts";

    private readonly List<BundleFile> _files = [];

    /// <summary>The files of all mounts read so far.</summary>
    public IReadOnlyList<BundleFile> Files => _files;

    public async Task<IReadOnlyList<Mount>> ReadAsync(DeployedResource deployed, CancellationToken cancellationToken)
    {
        if (deployed.IsNginx)
        {
            return
            [
                new LogMount(NginxContainer.LogDirectory),
                new InstanceMount(NginxContainer.HealthLogDirectory, NginxContainer.HealthLogDirectory),
                .. NginxReader.OptionsOf(deployed).BuildImage ? [] : NginxContainer.Mounts,
            ];
        }
        return
        [
            .. deployed.Resource.Annotations.OfType<ContainerMountAnnotation>().Select(mount => Read(deployed, mount)).OfType<Mount>(),
            .. await new ContainerFileReader(mode, _files, problems).ReadAsync(deployed, cancellationToken),
        ];
    }

    private Mount? Read(DeployedResource deployed, ContainerMountAnnotation mount) => mount.Type == ContainerMountType.Volume
        ? new VolumeMount(VolumeName(deployed.Service.Name, mount), mount.Target) { ReadOnly = mount.IsReadOnly }
        : ReadBindMount(deployed, mount);

    /// <summary>
    /// Aspire's default names contain a hash of the AppHost's path; such a volume gets a name from its service and target.
    /// </summary>
    private string VolumeName(string service, ContainerMountAnnotation mount) =>
        mount.Source is { Length: > 0 } name
            && !(environment.PathHash.Length > 0 && name.Contains($"-{environment.PathHash}-", StringComparison.Ordinal))
            ? name
            : $"{service}-{mount.Target.Trim('/').Replace('/', '-')}";

    private BundleMount? ReadBindMount(DeployedResource deployed, ContainerMountAnnotation mount)
    {
        var path = Path.GetFullPath(mount.Source ?? "", environment.Directory);
        var inside = Path.GetRelativePath(environment.Directory, path);
        if (inside.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(inside)
            || (!File.Exists(path) && !Directory.Exists(path)))
        {
            problems.Add(new Problem(
                deployed.Resource.Name, "bind mount",
                $"'{mount.Source}' is not a file or directory below the AppHost, so the bundle cannot contain it: move it there, use " +
                "a volume, or put the files into the image."));
            return null;
        }
        var source = SourceOf(deployed, inside);
        var files = File.Exists(path) ? [new BundleFile(source, File.ReadAllBytes(path))] : FilesBelow(path, source);
        // Mounts of a service may overlap, as those of a directory and of one of its files do.
        _files.AddRange(files.ExceptBy(_files.Select(file => file.Path), file => file.Path));
        return new BundleMount(source, mount.Target) { ReadOnly = mount.IsReadOnly };
    }

    /// <summary>The path in the bundle; it contains the path below the AppHost, so that different files have different paths.</summary>
    private static string SourceOf(DeployedResource deployed, string inside) =>
        inside == "." ? $"{Folder}/{deployed.Service.Name}" : $"{Folder}/{deployed.Service.Name}/{inside.Replace('\\', '/')}";

    private static IEnumerable<BundleFile> FilesBelow(string directory, string source) =>
        from file in Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Order(StringComparer.Ordinal)
        let path = $"{source}/{Path.GetRelativePath(directory, file).Replace('\\', '/')}"
        select new BundleFile(path, File.ReadAllBytes(file)) { Executable = IsExecutable(file) };

    private static bool IsExecutable(string file) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);
}
