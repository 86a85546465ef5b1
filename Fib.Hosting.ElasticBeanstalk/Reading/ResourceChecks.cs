using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>What a resource can say in the app model and no output can.</summary>
internal static class ResourceChecks
{
    public static IEnumerable<Problem> Find(IResource resource)
    {
        var service = resource.HasAnnotationOfType<ServiceAnnotation>();
        if (!service && !resource.HasAnnotationOfType<ExistingAnnotation>())
            yield return new Problem(resource.Name, "placement", "it is deployed nowhere: say PublishAsElasticBeanstalkService, PublishAsExisting or ExcludeFromManifest.");
        if (!service)
            yield break;
        if (resource is ExecutableResource)
            yield return new Problem(resource.Name, "executable", "only projects and containers can be deployed.");
        if (resource.GetReplicaCount() is > 1 and var replicas)
            yield return new Problem(resource.Name, "replicas", $"a bundle has one container of each service, not {replicas}: let the environment have more instances.");
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.WaitType == WaitType.WaitForCompletion))
            yield return new Problem(resource.Name, "wait", $"waiting until '{wait.Resource.Name}' has finished cannot be expressed: every service of a bundle runs for good.");
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.BindMount))
            yield return new Problem(resource.Name, "bind mount", $"'{mount.Target}' comes from a directory of this machine: use a volume, or put the files into the image.");
    }

    /// <summary>The arguments of the app model, which a service must say for itself.</summary>
    public static async Task<IEnumerable<Problem>> FindArgumentsAsync(DeployedResource place, DistributedApplicationExecutionContext mode, CancellationToken cancellationToken)
    {
        if (place.Service.Command.Count > 0 || place.IsNginx || place.IsStore)
            return [];
        var context = new CommandLineArgsCallbackContext([], place.Resource, cancellationToken) { ExecutionContext = mode };
        foreach (var annotation in place.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(context);
        var entrypoint = (place.Resource as ContainerResource)?.Entrypoint;
        return context.Args.Count > 0 || entrypoint is not null
            ? [new Problem(place.Resource.Name, "arguments", "an entry point or arguments of the app model are not carried over: put the whole command into ElasticBeanstalkService.Command.")]
            : [];
    }

    public static IEnumerable<Problem> FindEndpoints(DeployedResource place)
    {
        var endpoints = place.Resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (place.Service.PublishedPort is null && endpoints.FirstOrDefault(endpoint => endpoint.IsExternal) is { } external)
            yield return new Problem(place.Resource.Name, $"endpoint {external.Name}", "it is external, but the service has no PublishedPort.");
        if (endpoints.GroupBy(endpoint => endpoint.UriScheme).FirstOrDefault(same => same.Count() > 1) is { } several)
            yield return new Problem(place.Resource.Name, "endpoints", $"{string.Join(", ", several.Select(endpoint => endpoint.Name))}: a service of a bundle listens on one port.");
    }
}
