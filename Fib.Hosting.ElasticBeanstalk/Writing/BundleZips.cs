using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Hosting.ElasticBeanstalk.Writing;

/// <summary>Selects the files of each source bundle.</summary>
internal static class BundleZips
{
    private const string Managed = "ecs-managed/";

    /// <summary>Paths that the Docker platform's bundle excludes: files of other platforms, and the list of images.</summary>
    private static readonly string[] ExcludedPaths = [Managed, "ecs/", ImageListRenderer.Path];

    /// <summary>The name of the Docker platform's bundle.</summary>
    public static string DockerZip(Bundle bundle) => $"{bundle.Application}-{bundle.Tag}.zip";

    /// <summary>Whether the Docker platform's bundle excludes a file; the build context of nginx's image is excluded too.</summary>
    private static bool IsExcluded(Bundle bundle, string path) =>
        ExcludedPaths.Any(part => path.StartsWith(part, StringComparison.Ordinal))
        || (bundle.Router is { Options.BuildImage: true } && path.StartsWith(NginxContainer.Folder, StringComparison.Ordinal));

    public static IReadOnlyList<(string Name, IReadOnlyList<BundleFile> Files)> Of(Bundle bundle, IReadOnlyList<BundleFile> files)
    {
        var zips = new List<(string, IReadOnlyList<BundleFile>)>();
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
            zips.Add((DockerZip(bundle), [.. files.Where(file => !IsExcluded(bundle, file.Path))]));
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged))
        {
            var managed = files.Where(file => file.Path.StartsWith(Managed, StringComparison.Ordinal));
            zips.Add((
                $"{Managed}{bundle.Application}-{bundle.Tag}-ecs.zip",
                [.. managed.Select(file => file with { Path = file.Path[Managed.Length..] })]));
        }
        return zips;
    }
}
