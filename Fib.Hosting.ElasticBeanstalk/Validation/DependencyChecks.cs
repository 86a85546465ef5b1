using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static class DependencyChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        foreach (var service in bundle.Services)
        {
            foreach (var name in NamesIn(service.DependsOn).Concat(service.Uses).Distinct().Where(name => bundle.Find(name) is null))
                yield return new Problem(service.Resource, "reference", $"'{name}' is not a service of the bundle.");
            foreach (var dependency in service.DependsOn.Where(dependency =>
                dependency.Condition == DependencyCondition.Healthy && bundle.Find(dependency.Service) is { Health: null }))
                yield return new Problem(
                    service.Resource, "wait",
                    $"'{dependency.Service}' has no health check, so its readiness is unknown.");
            foreach (var dependency in service.DependsOn.Where(dependency =>
                service.RunsOnce && dependency.Condition == DependencyCondition.Started))
                yield return Problem.Warning(
                    service.Resource, "wait",
                    $"it runs once, and '{dependency.Service}' may not be ready when it starts: add a health check to " +
                    $"'{dependency.Service}' with PublishAsElasticBeanstalkService, or retry.");
            if (Reaches(bundle, service, service.Name, [], one => NamesIn(one.DependsOn)))
                yield return new Problem(service.Resource, "wait", "it waits for itself through other services.");
            if (bundle.Targets.HasFlag(ElasticBeanstalkTargets.EcsManaged) && Reaches(bundle, service, service.Name, [], one => one.Uses))
                yield return new Problem(
                    service.Resource, "reference",
                    "it references itself through other services: links of Dockerrun.aws.json cannot be circular.");
        }
    }

    private static List<string> NamesIn(IEnumerable<Dependency> dependencies) => [.. dependencies.Select(dependency => dependency.Service)];

    private static bool Reaches(
        Bundle bundle, BundleService from, string target, HashSet<string> seen, Func<BundleService, IReadOnlyList<string>> next) =>
        next(from).Any(name => name == target
            || (seen.Add(name) && bundle.Find(name) is { } service && Reaches(bundle, service, target, seen, next)));
}
