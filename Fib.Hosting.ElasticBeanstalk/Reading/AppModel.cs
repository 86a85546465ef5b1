namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Finds things in the app model.</summary>
internal static class AppModel
{
    /// <summary>Everything of the model that runs and is not another environment's, in the order in which it was added.</summary>
    public static IEnumerable<IResource> Deployed(DistributedApplicationModel model, ElasticBeanstalkEnvironmentResource environment) =>
        model.Resources.Where(resource => resource is ContainerResource or ProjectResource or ExecutableResource || resource.HasAnnotationOfType<ServiceAnnotation>())
            .Where(resource => !resource.IsExcludedFromPublish())
            .Where(resource => resource.GetComputeEnvironment() is not { } bound || bound == environment);

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
