using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static partial class MountChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        foreach (var service in bundle.Services)
        {
            foreach (var path in service.Mounts.Select(mount => mount.Target).Concat(service.Scratch).Where(path => !path.StartsWith('/')))
                yield return new Problem(service.Resource, "mount", $"'{path}' must be an absolute path.");
            foreach (var mount in service.Mounts.OfType<BundleMount>()
                .Where(mount => $"{mount.Source}{mount.Target}".AsSpan().ContainsAny(":$")))
                yield return new Problem(service.Resource, "mount", $"the path '{mount.Target}' must not contain ':' and '$'.");
            foreach (var mount in service.Mounts.OfType<BundleMount>()
                .Where(mount => !mount.ReadOnly && bundle.Files.All(file => file.Path != mount.Source)))
                yield return Problem.Warning(
                    service.Resource, "bind mount",
                    $"the directory '{mount.Target}' is writable; its present files are part of the bundle, and what the container writes " +
                    "is lost with each deployment: mount it with isReadOnly: true, or keep data that must survive in a managed service, " +
                    "and call PublishAsExisting.");
            var paths = service.Mounts.Select(mount => mount.Target).Concat(service.Scratch).ToList();
            foreach (var same in paths.GroupBy(path => path).Where(same => same.Count() > 1))
                yield return new Problem(service.Resource, "mount", $"'{same.Key}' is mounted more than once.");
        }
        var volumes = bundle.Services
            .SelectMany(service => service.Mounts.OfType<VolumeMount>().Select(mount => (mount.Name, service.Resource))).ToList();
        foreach (var volume in volumes.Where(volume => !VolumeName().IsMatch(volume.Name)))
            yield return new Problem(
                volume.Resource, "volume",
                $"'{volume.Name}' must be letters, digits and - . _, and start with a letter or digit.");
        var policy = bundle.Platform.DeploymentPolicy;
        var replaced = policy is "Immutable" or "TrafficSplitting" ? $", as it is by every deployment with the policy {policy}" : "";
        foreach (var volume in volumes.Where(_ => bundle.Targets.HasBeanstalk))
            yield return Problem.Warning(
                volume.Resource, "volume",
                $"'{volume.Name}' is on the disk of an instance and is lost when the instance is replaced{replaced}: keep data that must " +
                "survive in a managed service, and call PublishAsExisting.");
        foreach (var shared in volumes.GroupBy(pair => pair.Name).Where(pairs =>
            pairs.Count() > 1 && bundle.Targets.HasFlag(ElasticBeanstalkTargets.Ec2)))
            yield return new Problem(
                string.Join(", ", shared.Select(pair => pair.Resource)), "volume",
                $"'{shared.Key}' is used by more than one service, and tasks of plain ECS may run on different instances: leave out " +
                "the target Ec2.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]*\\z")]
    private static partial Regex VolumeName();
}
