namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Queries of the app model.</summary>
internal static class AppModel
{
    /// <summary>
    /// The resources that run in this environment, in the order in which they were added; an nginx of the environment itself comes last.
    /// </summary>
    public static IEnumerable<IResource> Deployed(DistributedApplicationModel model, ElasticBeanstalkEnvironmentResource environment)
    {
        // Those that an instance cannot run are included for ResourceChecks.
        var compute = model.GetComputeResources()
            .Concat(model.Resources.Where(resource => resource is ExecutableResource || IsUnusedBuild(model, resource))).ToHashSet();
        return model.Resources
            .Where(resource => resource.HasAnnotationOfType<NginxAnnotation>()
                || (compute.Contains(resource) && !resource.IsExcludedFromPublish()))
            .Where(resource => resource is ElasticBeanstalkEnvironmentResource
                ? resource == environment
                : resource.GetComputeEnvironment() is not { } bound || bound == environment)
            .Where(resource => resource.HasAnnotationOfType<ServiceAnnotation>() || !ExistsAlready(model, resource))
            .OrderBy(resource => resource == environment);
    }

    /// <summary>Whether the image of a resource only contains files for other images, as that of a JavaScript app by default.</summary>
    public static bool IsBuildOnly(IResource resource) =>
        resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() is { HasEntrypoint: false };

    private static bool IsUnusedBuild(DistributedApplicationModel model, IResource resource) => IsBuildOnly(resource)
        && !model.Resources.Where(other => !other.IsExcludedFromPublish())
            .SelectMany(other => other.Annotations.OfType<ContainerFilesDestinationAnnotation>())
            .Any(files => ResourceNameComparer.Instance.Equals(files.Source, resource));

    /// <summary>Whether a resource is not part of the bundle, because it or all its databases already exist.</summary>
    public static bool ExistsAlready(DistributedApplicationModel model, IResource resource) =>
        resource.HasAnnotationOfType<ExistingAnnotation>()
        || PublishedConnectionString.IsOf(resource)
        || (ChildrenOf(model, resource).ToList() is { Count: > 0 } children
            && children.All(child => child.HasAnnotationOfType<ExistingAnnotation>()));

    /// <summary>The databases of a server.</summary>
    public static IEnumerable<IResource> ChildrenOf(DistributedApplicationModel model, IResource server) =>
        model.Resources.Where(
            resource => resource is IResourceWithConnectionString and IResourceWithParent child
                && ResourceNameComparer.Instance.Equals(child.Parent, server));

    /// <summary>A resource and its parents, such as a database and its server.</summary>
    public static IEnumerable<IResource> WithParents(IResource resource)
    {
        for (IResource? current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
            yield return current;
    }

    /// <summary>All resources that a value references.</summary>
    public static IEnumerable<IResource> ResourcesIn(object? value) => ResourcesIn(value, []);

    private static IEnumerable<IResource> ResourcesIn(object? value, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
            return [];
        IEnumerable<object> nested = value switch
        {
            EndpointReferenceExpression expression => [expression.Endpoint],
            EndpointReference endpoint => [endpoint.Resource],
            ConnectionStringReference reference => [reference.Resource],
            IResource => [],
            IValueWithReferences references => references.References,
            _ => [],
        };
        var self = value is IResource resource ? WithParents(resource) : [];
        return self.Concat(nested.SelectMany(inner => ResourcesIn(inner, seen)));
    }
}
