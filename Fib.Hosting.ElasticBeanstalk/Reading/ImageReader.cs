#pragma warning disable ASPIREPIPELINES003, ASPIRECOMPUTE003 // Push options are marked experimental in Aspire 13.6.
using Aspire.Hosting.Publishing;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>What a service runs: for what is built, the reference that Aspire pushes.</summary>
internal static class ImageReader
{
    /// <summary>The image that is built for a service, by its tag; null where it runs one that there is already.</summary>
    public static async Task<ImageReference?> BuiltAsync(ElasticBeanstalkEnvironmentResource environment, DeployedResource deployed, string tag, CancellationToken cancellationToken) =>
        deployed.Service.Image is not null ? null
        : deployed.IsNginx ? NginxImage(environment, deployed, tag)
        : deployed.Resource.RequiresImageBuild() ? ImageReference.Parse(await PushedAsync(environment, deployed.Resource, cancellationToken))
        : null;

    public static ImageReference Read(ElasticBeanstalkEnvironmentResource environment, DeployedResource deployed, ImageReference? built)
    {
        var image = built ?? ImageReference.Parse(
            deployed.Service.Image is { } chosen ? chosen
            : deployed.IsNginx ? environment.NginxBaseImage
            : deployed.Resource.TryGetContainerImageName(out var own) ? own : deployed.Service.Name);
        var digest = EnvironmentSettings.DigestOf(environment, deployed.Service.Name) ?? environment.PushedDigests.GetValueOrDefault(image.ToString());
        return digest is null ? image : image with { Tag = null, Digest = digest };
    }

    /// <summary>The host to log in to; empty for Docker Hub, whose names may begin with a user.</summary>
    public static string HostOf(string registry)
    {
        var first = registry.Split('/')[0];
        return first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" ? first : "";
    }

    /// <summary>The name and tag of a resource's image in the environment's registry, unless the AppHost names others with WithRemoteImageName and WithRemoteImageTag.</summary>
    public static ContainerImagePushOptionsCallbackAnnotation Naming(ElasticBeanstalkEnvironmentResource environment, string service) => new(async context =>
    {
        context.Options.RemoteImageName = environment.ImagePrefix + service;
        context.Options.RemoteImageTag = (await environment.VersionAsync(context.CancellationToken)).Text;
    });

    /// <summary>Has a resource's image built for the environment's architecture in place of Aspire's default, amd64; what else the AppHost names stays.</summary>
    public static ContainerBuildOptionsCallbackAnnotation Building(ElasticBeanstalkEnvironmentResource environment) => new(context =>
    {
        if (context.TargetPlatform is null or ContainerTargetPlatform.LinuxAmd64)
            context.TargetPlatform = environment.Architecture == ElasticBeanstalkArchitecture.Arm64 ? ContainerTargetPlatform.LinuxArm64 : ContainerTargetPlatform.LinuxAmd64;
    });

    private static async Task<string> PushedAsync(ElasticBeanstalkEnvironmentResource environment, IResource resource, CancellationToken cancellationToken)
    {
        var context = new ContainerImagePushOptionsCallbackContext
        {
            Resource = resource,
            CancellationToken = cancellationToken,
            Options = new ContainerImagePushOptions { RemoteImageName = resource.Name.ToLowerInvariant() },
        };
        foreach (var annotation in resource.Annotations.OfType<ContainerImagePushOptionsCallbackAnnotation>())
            await annotation.Callback(context);
        return await context.Options.GetFullRemoteImageNameAsync(RegistryOf(environment, resource), cancellationToken);
    }

    /// <summary>As Aspire looks for it: the resource's own, the environment's, the only one of the app model.</summary>
    private static IContainerRegistry RegistryOf(ElasticBeanstalkEnvironmentResource environment, IResource resource) =>
        resource.Annotations.OfType<ContainerRegistryReferenceAnnotation>().LastOrDefault()?.Registry
        ?? (environment.Registry.Length > 0 ? environment : resource.Annotations.OfType<RegistryTargetAnnotation>().SingleOrDefault()?.Registry)
        ?? environment;

    private static ImageReference? NginxImage(ElasticBeanstalkEnvironmentResource environment, DeployedResource deployed, string tag) => NginxReader.OptionsOf(deployed).BuildsImage
        ? new ImageReference($"{(environment.Registry.Length == 0 ? "" : environment.Registry.TrimEnd('/') + "/")}{environment.ImagePrefix}{deployed.Service.Name}", tag)
        : null;
}
