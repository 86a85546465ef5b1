using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds features that one of the targets does not support.</summary>
internal static class OutputChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle) => bundle.Services.SelectMany(service => Find(bundle.Targets, service));

    private static IEnumerable<Problem> Find(ElasticBeanstalkTargets outputs, BundleService service)
    {
        foreach (var variable in service.Environment.Where(variable => variable.Text is null))
        {
            if (outputs.HasFlag(ElasticBeanstalkTargets.EcsManaged) && variable.Property?.Name != variable.Name)
                yield return new Problem(
                    service.Resource, "environment variable",
                    $"{variable.Name} is made of environment properties: Dockerrun.aws.json can only pass a property under its own " +
                    "name.");
            if (outputs.HasPlainEcs && variable.Property is null)
                yield return new Problem(
                    service.Resource, "environment variable",
                    $"{variable.Name} is made of text and environment properties: a task definition can only pass a whole property.");
        }
        foreach (var argument in service.Command.Where(argument => argument.Text is null && outputs != ElasticBeanstalkTargets.Docker))
            yield return new Problem(
                service.Resource, "argument",
                "only the target Docker supports an environment property in it: pass it as an environment variable.");
        foreach (var problem in outputs.HasPlainEcs ? FindInTasks(service) : [])
            yield return problem;
        if (!outputs.HasFlag(ElasticBeanstalkTargets.Fargate))
            yield break;
        foreach (var mount in service.Mounts.OfType<VolumeMount>())
            yield return new Problem(
                service.Resource, "volume",
                $"Fargate has no disk for '{mount.Name}', which must outlive its container: leave out the target Fargate.");
        if (service.Memory.MiB > FargateSize.MaxMemory)
            yield return new Problem(
                service.Resource, "memory limit",
                $"{service.Memory} is more than Fargate supports: leave out the target Fargate.");
    }

    private static IEnumerable<Problem> FindInTasks(BundleService service)
    {
        if (service.RunsOnce)
            yield return new Problem(
                service.Resource, "wait",
                "it runs once, and a service of plain ECS starts its tasks again, in any order with those of others: leave out the " +
                "targets Ec2 and Fargate.");
        if (service.FurtherPorts.Count > 0)
            yield return Problem.Warning(
                service.Resource, "port",
                $"on plain ECS, other services reach only its port {service.Port}, not {string.Join(", ", service.FurtherPorts)}.");
        foreach (var mount in service.Mounts.OfType<BundleMount>())
            yield return new Problem(
                service.Resource, "bind mount",
                $"'{mount.Source}' is in the bundle, and plain ECS has no bundle: put it into an image, or leave out the targets Ec2 " +
                "and Fargate.");
    }
}
