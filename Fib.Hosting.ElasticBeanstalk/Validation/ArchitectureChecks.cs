using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Compares the architecture of the images with that of the instances, if an option setting has the instance types.</summary>
internal static class ArchitectureChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        if (!bundle.Targets.HasBeanstalk)
            yield break;
        foreach (var type in bundle.Platform.InstanceTypes)
        {
            if (InstanceType.ArchitectureOf(type) is { } other && other != bundle.Architecture)
                yield return new Problem(
                    bundle.Application, "architecture",
                    $"an instance {type} is {other.Ec2Name} and the images are built for {bundle.Architecture.Ec2Name}: choose " +
                    $"another type, or --{bundle.Section}:Architecture {other}.");
        }
        var supported = bundle.Platform.ValuesOf("aws:ec2:instances", "SupportedArchitectures").ToList();
        if (supported.Count > 0 && !supported.SequenceEqual([bundle.Architecture.Ec2Name]))
        {
            yield return new Problem(
                bundle.Application, "architecture",
                $"SupportedArchitectures is {string.Join(", ", supported)} and the images are built for {bundle.Architecture.Ec2Name}: " +
                $"leave the option out, and set --{bundle.Section}:Architecture.");
        }
    }
}
