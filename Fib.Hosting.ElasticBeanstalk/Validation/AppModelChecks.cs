using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds all features of an app model and of its configuration that a bundle does not support.</summary>
internal static class AppModelChecks
{
    public static IReadOnlyList<Problem> Find(
        ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model,
        IReadOnlyDictionary<IResource, DeployedResource> deployed) =>
    [
        .. deployed.Keys.SelectMany(ResourceChecks.Find),
        .. ResourceChecks.FindExternal([.. deployed.Values]),
        .. ExistingChecks.Find(model, deployed),
        .. LostResourceChecks.Find(model, deployed.Keys),
        .. ConfigurationChecks.Find(environment, [.. deployed.Values.Select(resource => resource.Service.Name)]),
    ];
}
