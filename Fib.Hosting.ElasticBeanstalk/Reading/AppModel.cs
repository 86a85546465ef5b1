namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Finds things in the app model.</summary>
internal static class AppModel
{
    /// <summary>
    /// Everything of the model that runs and is not another environment's, in the order in which it was added; last an nginx that the environment itself adds.
    /// </summary>
    public static IEnumerable<IResource> Deployed(DistributedApplicationModel model, ElasticBeanstalkEnvironmentResource environment)
    {
        var compute = model.GetComputeResources().Concat(model.Resources.Where(resource => resource is ExecutableResource)).ToHashSet();
        return model.Resources
            .Where(resource => resource.HasAnnotationOfType<NginxAnnotation>() || (compute.Contains(resource) && !resource.IsExcludedFromPublish()))
            .Where(resource => resource == environment || resource.GetComputeEnvironment() is not { } bound || bound == environment)
            .Where(resource => resource.HasAnnotationOfType<ServiceAnnotation>() || !ExistsAlready(model, resource))
            .OrderBy(resource => resource == environment);
    }

    /// <summary>Whether a resource is no part of the bundle because it, or every database of it, exists already.</summary>
    public static bool ExistsAlready(DistributedApplicationModel model, IResource resource) =>
        resource.HasAnnotationOfType<ExistingAnnotation>() || PublishedConnectionString.IsOf(resource) || (ChildrenOf(model, resource).ToList() is { Count: > 0 } children && children.All(child => child.HasAnnotationOfType<ExistingAnnotation>()));

    /// <summary>The databases of a server.</summary>
    public static IEnumerable<IResource> ChildrenOf(DistributedApplicationModel model, IResource server) =>
        model.Resources.Where(resource => resource is IResourceWithConnectionString and IResourceWithParent child && child.Parent == server);

    /// <summary>A resource and all it is part of: a database and its server.</summary>
    public static IEnumerable<IResource> WithParents(IResource resource)
    {
        for (IResource? current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
            yield return current;
    }

    /// <summary>Every resource that a value is made of.</summary>
    public static IEnumerable<IResource> ResourcesIn(object? value) => ResourcesIn(value, []);

    private static IEnumerable<IResource> ResourcesIn(object? value, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
            return [];
        IEnumerable<object> within = value switch
        {
            EndpointReferenceExpression expression => [expression.Endpoint],
            EndpointReference endpoint => [endpoint.Resource],
            ConnectionStringReference reference => [reference.Resource],
            IResource => [],
            IValueWithReferences references => references.References,
            _ => [],
        };
        var self = value is IResource resource ? WithParents(resource) : [];
        return self.Concat(within.SelectMany(inner => ResourcesIn(inner, seen)));
    }
}
