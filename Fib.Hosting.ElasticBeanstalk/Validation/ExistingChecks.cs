using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds databases and servers of which only one is marked as existing.</summary>
internal static class ExistingChecks
{
    public static IEnumerable<Problem> Find(DistributedApplicationModel model, IReadOnlyDictionary<IResource, DeployedResource> deployed)
    {
        foreach (var server in model.Resources.Where(resource => AppModel.ChildrenOf(model, resource).Any()))
        {
            var databases = AppModel.ChildrenOf(model, server).ToLookup(child => child.HasAnnotationOfType<ExistingAnnotation>());
            var names = string.Join(", ", databases[false].Select(database => database.Name));
            if (ExistingResources.PropertiesOf(server).Count > 0 && databases[false].Count() > 1)
                yield return new Problem(
                    server.Name, "databases",
                    $"{names} would all get the same properties: call PublishAsExisting on each of them, with different properties.");
            if (deployed.ContainsKey(server) && !server.HasAnnotationOfType<ServiceAnnotation>() && databases[false].Any())
                yield return Problem.Warning(
                    server.Name, "databases",
                    $"its container starts without {names}: let the application create them, or call PublishAsExisting if it is a " +
                    "managed database.");
            if (deployed.ContainsKey(server) && !server.HasAnnotationOfType<ExistingAnnotation>()
                && databases[true].Any(database => ExistingResources.PropertiesOf(database).Count == 0))
                yield return new Problem(
                    server.Name, "databases",
                    $"some of its databases already exist, but not {names}: call PublishAsExisting on these too, or give the existing " +
                    "ones properties.");
        }
    }
}
