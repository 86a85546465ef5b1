using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>
/// Compares the memory limits with what a program needs at least, and with the memory of an instance, if an option setting has the
/// instance types.
/// </summary>
internal static class MemoryChecks
{
    /// <summary>In MiB: the program ends with the message that it requires at least 2000 megabytes.</summary>
    private const int SqlServerMiB = 2000;

    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        foreach (var service in bundle.Services.Where(service => service.Memory.MiB < SqlServerMiB
            && service.Image.Repository.Replace('-', '/').EndsWith("mssql/server", StringComparison.Ordinal)))
            yield return new Problem(
                service.Resource, "memory limit",
                $"SQL Server does not start with {service.Memory}: set MemoryLimit = \"2g\" with PublishAsElasticBeanstalkService, or " +
                $"--{bundle.Section}:Services:{service.Name}:Memory 2g.");
        if (!bundle.Targets.HasBeanstalk)
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
