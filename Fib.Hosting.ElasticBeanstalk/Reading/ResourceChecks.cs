using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>What a resource can say in the app model and no bundle can.</summary>
internal static class ResourceChecks
{
    /// <summary>Annotations, by type name, that a container has only while it runs locally.</summary>
    private const string FilesFromTheAppHost = nameof(ContainerFileSystemCallbackAnnotation);

    public static IEnumerable<Problem> Find(IResource resource)
    {
        if (resource is ExecutableResource)
            yield return new Problem(resource.Name, "executable", "an instance runs containers only: call PublishAsDockerFile on it, or ExcludeFromManifest where it is for development.");
        if (resource.GetReplicaCount() is > 1 and var replicas)
            yield return Problem.Warning(resource.Name, "replicas", $"an instance runs one container of it, not {replicas}: for more, let the environment have more instances (option MinSize of aws:autoscaling:asg).");
        if (resource is ContainerResource && resource.HasAnnotationOfType<ContainerFileSystemCallbackAnnotation>() && !resource.HasAnnotationOfType<ServiceAnnotation>())
            yield return new Problem(resource.Name, "container files", $"files that WithContainerFiles writes ({FilesFromTheAppHost}) are no part of a bundle: use WithBindMount with a directory below the AppHost, or put them into the image.");
    }

    /// <summary>Several external resources, and no proxy that they share.</summary>
    public static IEnumerable<Problem> FindExternal(IReadOnlyCollection<DeployedResource> deployed)
    {
        foreach (var resource in deployed.Where(resource => !resource.IsNginx))
        {
            foreach (var endpoint in resource.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsExternal && endpoint.UriScheme is not ("http" or "https")))
                yield return new Problem(resource.Resource.Name, $"endpoint {endpoint.Name}", $"the load balancer passes http on, not {endpoint.UriScheme}: make the endpoint internal, or deploy the resource elsewhere and call PublishAsExisting on it.");
        }
        var external = deployed.Where(resource => resource.IsExternal && resource.Service.PublishedPort is null).ToList();
        var nginx = deployed.FirstOrDefault(resource => resource.IsNginx);
        if (nginx is null && external.Count > 1)
            yield return new Problem(string.Join(", ", external.Select(resource => resource.Resource.Name)), "external endpoints", $"an instance has one public port. Put an nginx in front, with a route for each: {Offer(external)}.");
        if (nginx is not null)
        {
            var routed = nginx.Resource.Annotations.OfType<NginxAnnotation>().Last().Routes.Select(route => route.Service).ToHashSet();
            foreach (var resource in external.Where(resource => !routed.Contains(resource.Resource.Name)))
                yield return new Problem(resource.Resource.Name, "external endpoint", "no route of nginx leads to it: add one, or make the endpoint internal.");
        }
    }

    private static string Offer(List<DeployedResource> external) => "environment.PublishAsNginx([" +
        string.Join(", ", external.Select((resource, position) => $"new(\"{(position == external.Count - 1 ? "/" : $"/{resource.Service.Name}")}\", \"{resource.Resource.Name}\")")) + "])";
}
