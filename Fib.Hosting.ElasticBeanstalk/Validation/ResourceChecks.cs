using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Hosting.ElasticBeanstalk.Validation;

/// <summary>Finds features of resources that a bundle does not support.</summary>
internal static class ResourceChecks
{
    public static IEnumerable<Problem> Find(IResource resource)
    {
        if (resource is ExecutableResource)
            yield return new Problem(
                resource.Name, "executable",
                "an instance runs containers only: call PublishAsDockerFile on it, or ExcludeFromManifest if it is only for " +
                "development.");
        if (AppModel.IsBuildOnly(resource))
            yield return new Problem(
                resource.Name, "build-only container",
                "it has no production server, and no resource of the bundle serves its files: call PublishAsStaticWebsite or " +
                "PublishAsNodeServer on it, PublishWithContainerFiles on the resource that serves them, PublishAsDockerFile with a " +
                "Dockerfile that has a server, or ExcludeFromManifest.");
        if (resource.GetReplicaCount() is > 1 and var replicas)
            yield return Problem.Warning(
                resource.Name, "replicas",
                $"an instance runs one container of it, not {replicas}: for more, increase the number of instances (option MinSize of " +
                "aws:autoscaling:asg).");
        if (resource.HasAnnotationOfType<ContainerRuntimeArgsCallbackAnnotation>())
            yield return Problem.Warning(
                resource.Name, "container runtime arguments",
                "a bundle does not pass them to the instance: call WithContainerRuntimeArgs in run mode only, and ConfigureComposeFile " +
                "if production needs the option too.");
    }

    /// <summary>Finds external endpoints that the load balancer cannot reach.</summary>
    public static IEnumerable<Problem> FindExternal(IReadOnlyCollection<DeployedResource> deployed)
    {
        foreach (var resource in deployed.Where(resource => !resource.IsNginx))
        {
            var endpoints = resource.Resource.Annotations.OfType<EndpointAnnotation>();
            foreach (var endpoint in endpoints.Where(endpoint => endpoint.IsExternal && endpoint.UriScheme is not ("http" or "https")))
                yield return new Problem(
                    resource.Resource.Name, $"endpoint {endpoint.Name}",
                    $"the load balancer forwards http, not {endpoint.UriScheme}: make the endpoint internal, or deploy the resource " +
                    "elsewhere and call PublishAsExisting on it.");
        }
        foreach (var resource in deployed.Where(resource => resource.IsExternal))
        {
            foreach (var endpoint in resource.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint =>
                endpoint.IsExternal && endpoint.UriScheme is "http" or "https" && !resource.IsOnServicePort(endpoint.Name)))
                yield return Problem.Warning(
                    resource.Resource.Name, $"endpoint {endpoint.Name}",
                    $"only the endpoint '{DeployedResource.MainOf(resource.Resource)!.Name}' is published, since an instance has one " +
                    "public port: make one of them internal.");
        }
        var external = deployed.Where(resource => resource.IsExternal && resource.Service.PublishedPort is null).ToList();
        var nginx = deployed.FirstOrDefault(resource => resource.IsNginx);
        var routes = nginx?.Resource.Annotations.OfType<NginxAnnotation>().Last().Routes ?? [];
        var routed = routes.Select(route => route.Service).ToHashSet();
        foreach (var resource in deployed.Where(resource => resource.HasOnlyTls
            && (resource.Service.PublishedPort is not null || routed.Contains(resource.Resource.Name))))
            yield return new Problem(
                resource.Resource.Name, $"endpoint {DeployedResource.MainOf(resource.Resource)!.Name}",
                "the load balancer terminates TLS, and it and nginx connect with plain http: add an http endpoint.");
        if (nginx is null && external.Count > 1)
            yield return new Problem(
                string.Join(", ", external.Select(resource => resource.Resource.Name)), "external endpoints",
                $"an instance has one public port. Add an nginx with a route for each: {SuggestRoutes(external)}.");
        foreach (var resource in external.Where(resource => nginx is not null && !routed.Contains(resource.Resource.Name)))
            yield return new Problem(
                resource.Resource.Name, "external endpoint",
                "nginx has no route to it: add one, or make the endpoint internal.");
    }

    private static string SuggestRoutes(List<DeployedResource> external) => "environment.PublishAsNginx([" +
        string.Join(", ", external.Select((resource, position) => position == external.Count - 1
            ? $"new(\"/\", \"{resource.Resource.Name}\")"
            : $"new(\"/{resource.Service.Name}\", \"{resource.Resource.Name}\") {{ PathRemovePrefix = \"/{resource.Service.Name}\" }}")) +
        "])";
}
