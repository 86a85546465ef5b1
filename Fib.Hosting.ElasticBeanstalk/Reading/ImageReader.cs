using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>What a service runs.</summary>
internal static class ImageReader
{
    public static ImageReference Read(ElasticBeanstalkEnvironmentResource environment, DeployedResource place, string tag)
    {
        var image = place.Service.Image is { } said ? ImageReference.Parse(said)
            : !place.IsNginx && place.Resource is ContainerResource && place.Resource.TryGetContainerImageName(out var own) ? ImageReference.Parse(own)
            : new ImageReference($"{Folder(environment.Registry)}{environment.ImagePrefix}{place.Service.Name}", tag);
        return EnvironmentSettings.DigestOf(environment, place.Service.Name) is { } digest ? image with { Tag = null, Digest = digest } : image;
    }

    /// <summary>The host to log in to; empty for Docker Hub, whose names may begin with a user.</summary>
    public static string HostOf(string registry)
    {
        var first = registry.Split('/')[0];
        return first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" ? first : "";
    }

    private static string Folder(string registry) => registry.Length == 0 ? "" : registry.TrimEnd('/') + "/";
}
