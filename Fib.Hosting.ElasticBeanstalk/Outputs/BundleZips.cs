using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs;

namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Which files go into which source bundle.</summary>
internal static class BundleZips
{
    private const string Managed = "ecs-managed/";

    private static readonly string[] Top = ["docker-compose.yml", "ENVIRONMENT.md", ".ebextensions/", ".platform/"];

    public static IReadOnlyList<(string Name, IReadOnlyList<BundleFile> Files)> Of(Bundle bundle, IReadOnlyList<BundleFile> files)
    {
        var zips = new List<(string, IReadOnlyList<BundleFile>)>();
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.Docker))
            zips.Add(($"{bundle.Application}-{bundle.Tag}.zip", [.. files.Where(file => Top.Any(part => file.Path.StartsWith(part, StringComparison.Ordinal)))]));
        if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged))
            zips.Add(($"{Managed}{bundle.Application}-{bundle.Tag}-ecs.zip", [.. files.Where(file => file.Path.StartsWith(Managed, StringComparison.Ordinal)).Select(file => file with { Path = file.Path[Managed.Length..] })]));
        return zips;
    }
}
