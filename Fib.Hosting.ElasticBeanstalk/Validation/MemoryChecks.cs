using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Compares the memory limits with the memory of an instance, if an option setting has the instance types.</summary>
internal static class MemoryChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        if ((bundle.Targets & (ElasticBeanstalkTargets.Docker | ElasticBeanstalkTargets.EcsManaged)) == 0)
            yield break;
        var sum = new MemorySize(bundle.Services.Where(service => !service.RunsOnce).Sum(service => service.Memory.MiB));
        foreach (var type in bundle.Platform.InstanceTypes)
        {
            if (InstanceType.MemoryOf(type) is { } memory && sum.MiB > memory.MiB)
                yield return new Problem(
                    bundle.Application, "memory limits",
                    $"the services' limits are {sum} together, and an instance {type} has {memory}: lower them (MemoryLimit, or " +
                    $"--{bundle.Section}:Services:NAME:Memory), or choose a larger type.");
        }
    }
}
