using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static class MountChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        foreach (var service in bundle.Services)
        {
            foreach (var path in service.Mounts.Select(mount => mount.Target).Concat(service.Scratch).Where(path => !path.StartsWith('/')))
                yield return new Problem(service.Resource, "mount", $"'{path}' must be an absolute path.");
            foreach (var same in service.Mounts.Select(mount => mount.Target).Concat(service.Scratch).GroupBy(path => path).Where(same => same.Count() > 1))
                yield return new Problem(service.Resource, "mount", $"'{same.Key}' is mounted more than once.");
        }
        foreach (var shared in bundle.Services.SelectMany(service => service.Mounts.OfType<VolumeMount>().Select(mount => (mount.Name, service.Resource))).GroupBy(pair => pair.Name).Where(pairs => pairs.Count() > 1))
            yield return new Problem(string.Join(", ", shared.Select(pair => pair.Resource)), "volume", $"'{shared.Key}' is used by more than one service: each must have its own.");
    }
}
