#pragma warning disable ASPIRECONTAINERRUNTIME001 // Marked experimental in Aspire 13.6.
using Aspire.Hosting.Publishing;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Finds the images of a bundle in their registries, after the push.</summary>
internal sealed class PushedImages(
    ElasticBeanstalkEnvironmentResource environment, AwsCli aws, IContainerRuntimeResolver runtimes)
{
    /// <summary>
    /// Replaces the tags of images that are built, or in the environment's ECR registry, by their digests: every instance runs the same
    /// image, and an image that was pushed again under the same tag is another bundle.
    /// </summary>
    /// <exception cref="DeploymentException">Images are not in their registries; the message has a line for each.</exception>
    public async Task PinAsync(Bundle bundle, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var service in bundle.Services.Where(IsPinned).DistinctBy(service => service.Image))
        {
            var (digest, reason) = EcrRegistry.Find(aws, service.Image.Repository) is { } ecr
                ? (await ecr.DigestAsync(service.Image.Repository, service.Image.Tag!, cancellationToken), "")
                : await PullAsync(service.Image, cancellationToken);
            if (digest is not null)
                environment.PushedDigests[service.Image.ToString()] = digest;
            else
                problems.Add(
                    $"{service.Image} is not in the registry{reason}: " +
                    (bundle.Router?.Service == service.Name ? "build it from the folder nginx of the output, and push it. " : "push it. ") +
                    $"{environment.BeanstalkEnvironment} was not changed.");
        }
        if (problems.Count > 0)
            throw new DeploymentException(string.Join('\n', problems));
    }

    private bool IsPinned(BundleService service) => service.Image.Tag is not null
        && (service.BuiltImage is { IsLocal: false }
            || (service.Image.Repository.StartsWith(environment.Registry.TrimEnd('/') + "/", StringComparison.Ordinal)
                && EcrRegistry.Find(aws, environment.Registry) is not null));

    /// <summary>
    /// The digest of an image in any other registry. Podman compresses layers during a push, so a digest that it has may be a local one
    /// only: the registry must have it.
    /// </summary>
    /// <returns>The digest; or null and the reason in brackets.</returns>
    private async Task<(string? Digest, string Reason)> PullAsync(ImageReference image, CancellationToken cancellationToken)
    {
        var runtime = await runtimes.ResolveAsync(cancellationToken);
        string[] pull = ["pull", "--quiet", "--platform", $"linux/{environment.Architecture.OciName}"];
        var (pulled, reason) = await ContainerProgram.RunAsync(runtime, cancellationToken, [.. pull, image.ToString()]);
        if (pulled is null)
            return (null, $" ({reason})");
        var (digests, _) = await ContainerProgram.RunAsync(
            runtime, cancellationToken, "image", "inspect", "--format", "{{range .RepoDigests}}{{println .}}{{end}}", image.ToString());
        foreach (var line in (digests ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split('@') is [var repository, var digest] && WithoutHub(repository) == WithoutHub(image.Repository)
                && (await ContainerProgram.RunAsync(runtime, cancellationToken, [.. pull, line])).Output is not null)
                return (digest, "");
        }
        return (null, $" ({runtime.Name} has no digest of it)");
    }

    /// <summary>A repository as docker lists it.</summary>
    private static string WithoutHub(string repository) =>
        repository.StartsWith("docker.io/", StringComparison.Ordinal) ? repository["docker.io/".Length..] : repository;
}
