using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

internal static class PortChecks
{
    /// <summary>The load balancer connects to this port of the instance; the platform has no proxy for several containers.</summary>
    private const int InstancePort = 80;

    public static IEnumerable<Problem> Find(Bundle bundle)
    {
        const string Concept = "published port";
        var rule = $"exactly one service must publish a port, and it must be {InstancePort}";
        var published = bundle.Services.Where(service => service.PublishedPort is not null).ToList();
        // Several external services, of which none publishes a port, are a problem of ResourceChecks.
        if (published.Count == 0 && bundle.Services.Count(service => service.IsExternal) < 2 && bundle.Services.Count > 0)
            yield return new Problem(
                bundle.Application, Concept, $"{rule}; none does: call WithExternalHttpEndpoints on the public resource.");
        if (published is { Count: > 0 } and not [{ PublishedPort: InstancePort }])
            yield return new Problem(
                string.Join(", ", published.Select(service => service.Resource)), Concept,
                $"{rule}; {string.Join(", ", published.Select(service => $"{service.Name} has {service.PublishedPort}"))}.");
        foreach (var service in bundle.Services)
        {
            if (service.Port is <= 0 or > 65535)
                yield return new Problem(service.Resource, "port", $"{service.Port} must be from 1 to 65535.");
            if (service is { PublishedPort: not null, Port: null })
                yield return new Problem(service.Resource, "port", "it publishes a port but listens on none.");
        }
    }
}
