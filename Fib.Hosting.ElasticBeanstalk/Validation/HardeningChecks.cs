using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds hardened containers without a user; a project and an nginx of the publisher have one.</summary>
internal static class HardeningChecks
{
    public static IEnumerable<Problem> Find(Bundle bundle) => bundle.Services.Where(service => service is { Hardened: true, User: null })
        .Select(service => Problem.Warning(
            service.Resource, "hardening",
            "it runs without capabilities on a read-only file system as its image's user, so an entry point that needs root's rights " +
            "fails: set User and Scratch, or Hardened = false, with PublishAsElasticBeanstalkService."));
}
