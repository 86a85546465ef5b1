using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds resources that the application needs and that neither run in the bundle nor are values of it.</summary>
internal static class LostResourceChecks
{
    public static IEnumerable<Problem> Find(DistributedApplicationModel model, IEnumerable<IResource> deployed)
    {
        var needed = deployed.SelectMany(resource => resource.Annotations).Select(annotation => annotation switch
        {
            WaitAnnotation wait => wait.Resource,
            ResourceRelationshipAnnotation { Type: "Reference" } reference => reference.Resource,
            _ => null,
        }).OfType<IResource>().ToHashSet(ResourceNameComparer.Instance);
        // A resource that nothing here needs may be another environment's.
        var isSole = model.Resources.OfType<IComputeEnvironmentResource>().Count() == 1;
        return model.Resources
            .Where(resource => !resource.IsExcludedFromPublish() && !IsKnown(resource) && !AppModel.ExistsAlready(model, resource))
            // A component of Dapr, for example, is no relationship of its users, but has an entry in Aspire's manifest.
            .Where(resource => needed.Contains(resource)
                || (isSole && resource.HasAnnotationOfType<ManifestPublishingCallbackAnnotation>() && !HasParent(resource)))
            .Select(resource => Problem.Warning(
                resource.Name, "resource",
                $"a bundle cannot contain a {resource.GetType().Name}: deploy it separately, pass its values to the services with " +
                "PublishAsElasticBeanstalkService(service => service.WithProperties(...)), and call ExcludeFromManifest on it."));
    }

    private static bool HasParent(IResource resource) =>
        resource.Annotations.OfType<ResourceRelationshipAnnotation>().Any(relationship => relationship.Type == "Parent");

    /// <summary>
    /// Whether other checks cover a resource: it runs in some environment, it has a value, or its parent is covered. A value that a bundle
    /// cannot express is an error of the service that gets it.
    /// </summary>
    private static bool IsKnown(IResource resource) =>
        resource.IsContainer()
        || resource is ProjectResource or ExecutableResource or ParameterResource or IResourceWithConnectionString
            or ExternalServiceResource or IComputeEnvironmentResource or IContainerRegistry or IResourceWithParent;
}
