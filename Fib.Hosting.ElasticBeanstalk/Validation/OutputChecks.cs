using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>What the model can say and one of the outputs cannot.</summary>
internal static class OutputChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle) => bundle.Services.SelectMany(service => Find(bundle.Targets, service));

    private static IEnumerable<Problem> Find(ElasticBeanstalkTargets outputs, BundleService service)
    {
        foreach (var variable in service.Environment.Where(variable => variable.Text is null))
        {
            if (outputs.HasFlag(ElasticBeanstalkTargets.EcsManaged) && variable.Property?.Name != variable.Name)
                yield return new Problem(service.Resource, "environment variable", $"{variable.Name} is made of environment properties: Dockerrun.aws.json can only pass a property on under its own name.");
            if ((outputs & (ElasticBeanstalkTargets.Ec2 | ElasticBeanstalkTargets.Fargate)) != 0 && variable.Property is null)
                yield return new Problem(service.Resource, "environment variable", $"{variable.Name} is made of text and environment properties: a task definition can only pass a whole property on.");
        }
        foreach (var argument in service.Command.Where(argument => argument.Text is null && outputs != ElasticBeanstalkTargets.Docker))
            yield return new Problem(service.Resource, "argument", "an environment property in it can be expressed for the target Docker alone: pass it as an environment variable.");
        foreach (var problem in (outputs & (ElasticBeanstalkTargets.Ec2 | ElasticBeanstalkTargets.Fargate)) != 0 ? FindInTasks(service) : [])
            yield return problem;
        if (!outputs.HasFlag(ElasticBeanstalkTargets.Fargate))
            yield break;
        foreach (var mount in service.Mounts.OfType<VolumeMount>())
            yield return new Problem(service.Resource, "volume", $"'{mount.Name}' must outlive its container, and Fargate has no such disk: leave out the target Fargate.");
        if (service.Memory.MiB > FargateSize.Most)
            yield return new Problem(service.Resource, "memory limit", $"{service.Memory} is more than Fargate has: leave out the target Fargate.");
    }

    private static IEnumerable<Problem> FindInTasks(BundleService service)
    {
        if (service.RunsOnce)
            yield return new Problem(service.Resource, "wait", "others wait for its end, and tasks of plain ECS start without order: leave out the targets Ec2 and Fargate.");
        foreach (var mount in service.Mounts.OfType<BundleMount>())
            yield return new Problem(service.Resource, "bind mount", $"'{mount.Source}' is in the bundle, and plain ECS has none: put it into an image, or leave out the targets Ec2 and Fargate.");
    }
}
