using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Which files go into which source bundle.</summary>
internal static class BundleZips
{
    private const string Managed = "ecs-managed/";

    /// <summary>What is no part of the Docker platform's bundle: other platforms' files, what is to be built, and the context of an image that is built beforehand.</summary>
    private static readonly string[] Elsewhere = [Managed, "ecs/", ImageListRenderer.Path];

    /// <summary>The name of the Docker platform's bundle.</summary>
    public static string DockerZip(Bundle bundle) => $"{bundle.Application}-{bundle.Tag}.zip";

    private static bool IsElsewhere(Bundle bundle, string path) =>
        Elsewhere.Any(part => path.StartsWith(part, StringComparison.Ordinal)) || (bundle.Router is { Options.BuildsImage: true } && path.StartsWith(NginxRenderer.Folder, StringComparison.Ordinal));

    public static IReadOnlyList<(string Name, IReadOnlyList<BundleFile> Files)> Of(Bundle bundle, IReadOnlyList<BundleFile> files)
    {
        var zips = new List<(string, IReadOnlyList<BundleFile>)>();
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
            zips.Add((DockerZip(bundle), [.. files.Where(file => !IsElsewhere(bundle, file.Path))]));
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged))
            zips.Add(($"{Managed}{bundle.Application}-{bundle.Tag}-ecs.zip", [.. files.Where(file => file.Path.StartsWith(Managed, StringComparison.Ordinal)).Select(file => file with { Path = file.Path[Managed.Length..] })]));
        return zips;
    }
}
