#pragma warning disable ASPIREPIPELINES003, ASPIRECOMPUTE003 // Push options are marked experimental in Aspire 13.6.
using Aspire.Hosting.Publishing;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the image of a service; for a built image, the reference that Aspire pushes.</summary>
internal static class ImageReader
{
    /// <summary>The image that is built for a service, with its tag; null if it runs an existing image.</summary>
    public static async Task<ImageReference?> BuiltAsync(
        ElasticBeanstalkEnvironmentResource environment, DeployedResource deployed, string tag, CancellationToken cancellationToken) =>
        deployed.Service.Image is not null ? null
        : deployed.IsNginx ? NginxImage(environment, deployed, tag)
        : deployed.Resource.RequiresImageBuild()
            ? ImageReference.Parse(await PushedAsync(environment, deployed.Resource, cancellationToken))
        : null;

    public static ImageReference Read(ElasticBeanstalkEnvironmentResource environment, DeployedResource deployed, ImageReference? built)
    {
        var image = built ?? ImageReference.Parse(
            deployed.Service.Image is { } chosen ? chosen
            : deployed.IsNginx ? environment.NginxBaseImage
            : deployed.Resource.TryGetContainerImageName(out var own) ? own : deployed.Service.Name);
        var digest = EnvironmentSettings.DigestOf(environment, deployed.Service.Name)
            ?? environment.PushedDigests.GetValueOrDefault(image.ToString());
        return digest is null ? image : image with { Tag = null, Digest = digest };
    }

    /// <summary>
    /// Sets the name and tag of a resource's image in the environment's registry; WithRemoteImageName and WithRemoteImageTag override them.
    /// </summary>
    public static ContainerImagePushOptionsCallbackAnnotation PushOptions(
        ElasticBeanstalkEnvironmentResource environment, string service) => new(async context =>
    {
        context.Options.RemoteImageName = environment.ImagePrefix + service;
        context.Options.RemoteImageTag = (await GitVersion.ReadAsync(environment, context.CancellationToken)).Text;
    });

    /// <summary>Builds a resource's image for the environment's architecture instead of Aspire's default, amd64.</summary>
    public static ContainerBuildOptionsCallbackAnnotation BuildOptions(ElasticBeanstalkEnvironmentResource environment) => new(context =>
    {
        if (context.TargetPlatform is null or ContainerTargetPlatform.LinuxAmd64)
            context.TargetPlatform = environment.Architecture == ElasticBeanstalkArchitecture.Arm64
                ? ContainerTargetPlatform.LinuxArm64
                : ContainerTargetPlatform.LinuxAmd64;
    });

    private static async Task<string> PushedAsync(
        ElasticBeanstalkEnvironmentResource environment, IResource resource, CancellationToken cancellationToken)
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

    /// <summary>The registry in Aspire's order: that of the resource, of the environment, or the only one of the app model.</summary>
    private static IContainerRegistry RegistryOf(ElasticBeanstalkEnvironmentResource environment, IResource resource) =>
        resource.Annotations.OfType<ContainerRegistryReferenceAnnotation>().LastOrDefault()?.Registry
        ?? (environment.Registry.Length > 0
            ? environment
            : Single(resource, [.. resource.Annotations.OfType<RegistryTargetAnnotation>().Select(target => target.Registry)]))
        ?? environment;

    private static IContainerRegistry? Single(IResource resource, IContainerRegistry[] registries) => registries.Length < 2
        ? registries.SingleOrDefault()
        : throw new BundleException([new Problem(
            resource.Name, "image",
            $"the app model has {registries.Length} container registries: call WithContainerRegistry on it.")]);

    private static ImageReference? NginxImage(ElasticBeanstalkEnvironmentResource environment, DeployedResource deployed, string tag)
    {
        if (!NginxReader.OptionsOf(deployed).BuildImage)
            return null;
        var registry = environment.Registry.Length == 0 ? "" : environment.Registry.TrimEnd('/') + "/";
        return new ImageReference($"{registry}{environment.ImagePrefix}{deployed.Service.Name}", tag);
    }
}
