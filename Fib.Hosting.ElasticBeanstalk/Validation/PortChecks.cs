using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static class PortChecks
{
    /// <summary>The load balancer connects to this port of the instance; the platform has no proxy for several containers.</summary>
    private const int InstancePort = 80;

    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        var published = bundle.Services.Where(service => service.PublishedPort is not null).ToList();
        if (published is not [{ PublishedPort: InstancePort }] && bundle.Services.Count > 0)
        {
            var found = published.Count == 0
                ? "none does"
                : string.Join(", ", published.Select(service => $"{service.Name} has {service.PublishedPort}"));
            yield return new Problem(
                published.Count == 0 ? bundle.Application : string.Join(", ", published.Select(service => service.Resource)),
                "published port",
                $"exactly one service must publish a port, and it must be {InstancePort}; {found}: " +
                "call WithExternalHttpEndpoints on the public resource.");
        }
        foreach (var service in bundle.Services)
        {
            if (service.Port is <= 0 or > 65535)
                yield return new Problem(service.Resource, "port", $"{service.Port} must be from 1 to 65535.");
            if (service is { PublishedPort: not null, Port: null })
                yield return new Problem(service.Resource, "port", "it publishes a port but listens on none.");
        }
    }
}
