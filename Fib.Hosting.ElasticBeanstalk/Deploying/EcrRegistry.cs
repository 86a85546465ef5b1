#pragma warning disable ASPIRECONTAINERRUNTIME001 // Marked experimental in Aspire 13.6.
using System.Text.RegularExpressions;
using Aspire.Hosting.Publishing;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>A registry of Amazon ECR: <c>ACCOUNT.dkr.ecr.REGION.amazonaws.com</c>, optionally with a path.</summary>
internal sealed partial class EcrRegistry(AwsCli aws, string registry)
{
    private const string NotFound = "RepositoryNotFoundException";

    private const string NoImage = "ImageNotFoundException";

    public string Host => registry.Split('/')[0];

    public static EcrRegistry? Find(AwsCli aws, string registry) => Name().IsMatch(registry) ? new EcrRegistry(aws, registry) : null;

    /// <summary>Logs the container runtime in with the identity of the AWS CLI; the password is valid for 12 hours.</summary>
    public async Task LogInAsync(IContainerRuntime runtime, CancellationToken cancellationToken) =>
        await runtime.LoginToRegistryAsync(Host, "AWS", await CallAsync("get-login-password", cancellationToken), cancellationToken);

    /// <summary>Creates a repository if it does not exist.</summary>
    /// <returns>Whether it was created.</returns>
    public async Task<bool> EnsureAsync(string repository, CancellationToken cancellationToken)
    {
        try
        {
            await CallRegistryAsync("describe-repositories", cancellationToken, "--repository-names", PathOf(repository), "--output", "text");
            return false;
        }
        catch (DeploymentException exception) when (exception.Code == NotFound)
        {
            await CallRegistryAsync("create-repository", cancellationToken, "--repository-name", PathOf(repository), "--output", "text");
            return true;
        }
    }

    /// <summary>The digest of a tag; null if the tag does not exist.</summary>
    public async Task<string?> DigestAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        try
        {
            var digest = await CallRegistryAsync(
                "describe-images", cancellationToken,
                "--repository-name", PathOf(repository), "--image-ids", $"imageTag={tag}",
                "--query", "imageDetails[0].imageDigest", "--output", "text");
            return digest.StartsWith("sha256:", StringComparison.Ordinal) ? digest : null;
        }
        catch (DeploymentException exception) when (exception.Code is NotFound or NoImage)
        {
            return null;
        }
    }

    /// <summary>Calls ECR in the registry's region, which may differ from the environment's.</summary>
    private Task<string> CallAsync(string operation, CancellationToken cancellationToken, params IEnumerable<string> options) =>
        aws.CallAsync(["ecr", operation, .. options, "--region", Part("region")], null, cancellationToken);

    /// <summary>Calls ECR for the account of the registry, which may not be that of the AWS CLI.</summary>
    private Task<string> CallRegistryAsync(string operation, CancellationToken cancellationToken, params IEnumerable<string> options) =>
        CallAsync(operation, cancellationToken, [.. options, "--registry-id", Part("account")]);

    private string Part(string name) => Name().Match(registry).Groups[name].Value;

    /// <summary>A repository's name without its registry's host.</summary>
    private static string PathOf(string repository) => repository[(repository.IndexOf('/', StringComparison.Ordinal) + 1)..];

    [GeneratedRegex(@"^(?<account>[0-9]{12})\.dkr\.ecr(-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?(/|\z)")]
    private static partial Regex Name();
}
