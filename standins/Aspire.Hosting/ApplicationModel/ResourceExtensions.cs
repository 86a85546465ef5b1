using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what is known about a resource.</summary>
public static class ResourceExtensions
{
    /// <summary>Whether it has an annotation of a type.</summary>
    public static bool HasAnnotationOfType<T>(this IResource resource) where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    /// <summary>The last annotation of a type, which is the one that counts.</summary>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation) where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>All annotations of a type; false when there is none.</summary>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result) where T : IResourceAnnotation
    {
        var found = resource.Annotations.OfType<T>().ToList();
        result = found.Count > 0 ? found : null;
        return result is not null;
    }

    /// <summary>All annotations of a type, its own and its parents'; false when there is none.</summary>
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result) where T : IResourceAnnotation
    {
        var found = new List<T>();
        for (IResource? current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
            found.AddRange(current.Annotations.OfType<T>());
        result = found.Count > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Its endpoints; false when there is none.</summary>
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) =>
        resource.TryGetAnnotationsOfType(out endpoints);

    /// <summary>What sets its environment variables; false when nothing does.</summary>
    public static bool TryGetEnvironmentVariables(this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) =>
        resource.TryGetAnnotationsOfType(out environmentVariables);

    /// <summary>Its mounts; false when there is none.</summary>
    public static bool TryGetContainerMounts(this IResource resource, [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts) =>
        resource.TryGetAnnotationsOfType(out volumeMounts);

    /// <summary>Its image: [registry/]name:tag or name@sha256:digest; false when it has none.</summary>
    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName)
    {
        imageName = null;
        if (!resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
            return false;
        var registry = string.IsNullOrEmpty(image.Registry) ? "" : image.Registry + "/";
        var version = !string.IsNullOrEmpty(image.SHA256) ? "@sha256:" + image.SHA256 : string.IsNullOrEmpty(image.Tag) ? "" : ":" + image.Tag;
        imageName = registry + image.Image + version;
        return true;
    }

    /// <summary>Points at its endpoints.</summary>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) =>
        resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e));

    /// <summary>Points at an endpoint by name.</summary>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) =>
        resource.GetEndpoints().FirstOrDefault(e => e.EndpointName.Equals(endpointName, StringComparison.OrdinalIgnoreCase)) ?? new(resource, endpointName);

    /// <summary>How many instances of it run.</summary>
    public static int GetReplicaCount(this IResource resource) => resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    /// <summary>Whether it is kept out of what is published.</summary>
    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var callback) && callback == ManifestPublishingCallbackAnnotation.Ignore;

    /// <summary>Whether an image must be built to deploy it.</summary>
    public static bool RequiresImageBuild(this IResource resource) => resource is ProjectResource && !resource.IsExcludedFromPublish();

    /// <summary>Whether an image must be built and pushed to deploy it.</summary>
    public static bool RequiresImageBuildAndPush(this IResource resource) => resource.RequiresImageBuild();

    /// <summary>The environment it is bound to, if any.</summary>
    public static IComputeEnvironmentResource? GetComputeEnvironment(this IResource resource) =>
        resource.TryGetLastAnnotation<ComputeEnvironmentAnnotation>(out var binding) ? binding.ComputeEnvironment : null;

    /// <summary>What it becomes in an environment: the one asked for, or the one it is bound to.</summary>
    public static DeploymentTargetAnnotation? GetDeploymentTargetAnnotation(this IResource resource, IComputeEnvironmentResource? targetComputeEnvironment = null)
    {
        var bound = resource.GetComputeEnvironment();
        if (bound is not null && targetComputeEnvironment is not null && targetComputeEnvironment != bound)
            return null;
        var targets = resource.Annotations.OfType<DeploymentTargetAnnotation>().ToList();
        var wanted = bound ?? targetComputeEnvironment;
        if (wanted is not null)
            return targets.SingleOrDefault(t => t.ComputeEnvironment == wanted);
        return targets.Count < 2
            ? targets.SingleOrDefault()
            : throw new InvalidOperationException($"Resource '{resource.Name}' has multiple compute environments - '{string.Join(", ", targets.Select(t => t.ComputeEnvironment?.Name))}'. Please specify a single compute environment using 'WithComputeEnvironment'.");
    }
}
