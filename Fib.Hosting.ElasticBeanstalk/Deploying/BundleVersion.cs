using System.Security.Cryptography;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>The application version of a deployment, and its bundle in S3.</summary>
internal sealed class BundleVersion(
    ElasticBeanstalkEnvironmentResource environment, AwsCli aws, BeanstalkClient beanstalk, string label)
{
    private string _bucket = "";
    private string _key = "";
    private bool _exists;

    private string ExistingVersionStep => $"the step deploy-bundle-{environment.Name}";

    /// <summary>
    /// How to continue or undo an interrupted deployment. If its images are built again, another deployment has another bundle.
    /// </summary>
    public string HowToContinue => $"To continue, deploy {label} again" + (_exists
        ? "."
        : $", or run {ExistingVersionStep} if the version was created. To undo it, delete the version if it was created, and " +
            $"s3://{_bucket}/{_key}: aws elasticbeanstalk delete-application-version " +
            $"--application-name {environment.Application} --version-label {label} --delete-source-bundle");

    /// <summary>Finds an existing version.</summary>
    /// <exception cref="DeploymentException">There is no such version.</exception>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        if (await beanstalk.FindVersionAsync(label, cancellationToken) is null)
            throw new DeploymentException($"application {environment.Application} has no version {label}.");
        _exists = true;
    }

    /// <summary>Uploads a bundle under a key with its hash, unless the version exists.</summary>
    /// <exception cref="DeploymentException">The version exists with another bundle.</exception>
    public async Task UploadAsync(string zip, CancellationToken cancellationToken)
    {
        _bucket = environment.BundleBucket is { Length: > 0 } bucket ? bucket : await beanstalk.StorageLocationAsync(cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(zip, cancellationToken)));
        _key = $"{environment.BundleFolder ?? environment.Application}/{label}-{hash[..16]}.zip";
        var existing = await beanstalk.FindVersionAsync(label, cancellationToken);
        if (existing is not null && existing != $"{_bucket}/{_key}")
        {
            throw new DeploymentException(
                $"version {label} already exists with another bundle (s3://{existing}): choose another Tag, or deploy the existing " +
                $"version with {ExistingVersionStep}. {beanstalk.Name} was not changed.");
        }
        _exists = existing is not null;
        if (!_exists)
            await aws.CallAsync(cancellationToken, "s3", "cp", "--only-show-errors", zip, $"s3://{_bucket}/{_key}");
    }

    /// <summary>Creates the version, unless it exists.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) =>
        _exists ? Task.CompletedTask : beanstalk.CreateVersionAsync(label, _bucket, _key, cancellationToken);
}
