using System.Security.Cryptography;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Deploys a bundle to one environment, step by step.</summary>
/// <remarks>Each step throws a <see cref="DeploymentException"/> if it fails; the message has the state of the environment.</remarks>
internal sealed class Deployment
{
    private readonly ElasticBeanstalkEnvironmentResource _environment;
    private readonly AwsCli _aws;
    private readonly BeanstalkClient _beanstalk;
    private readonly EnvironmentPoller _poller;
    private readonly InstanceLogs _logs;
    private readonly Action<string> _report;
    private readonly string _label;
    private string _previousVersion = "None";
    private string _bucket = "";
    private string _key = "";
    private bool _versionExists;

    public Deployment(ElasticBeanstalkEnvironmentResource environment, string label, AwsCli aws, Action<string> report)
    {
        (_environment, _label, _aws, _report) = (environment, label, aws, report);
        _beanstalk = new BeanstalkClient(aws, environment.Application, environment.BeanstalkEnvironment);
        _poller = new EnvironmentPoller(_beanstalk, environment, report);
        _logs = new InstanceLogs(_beanstalk, environment.PollInterval, report);
    }

    private string Name => _beanstalk.Name;

    /// <summary>Deploys a bundle, or an existing version of the application; the environment keeps its properties.</summary>
    /// <param name="zip">The bundle; null for an existing version.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has started.</param>
    /// <returns>The state and the address of the environment.</returns>
    public async Task<string> RunAsync(string? zip, CancellationToken cancellationToken)
    {
        await UploadAsync(zip, cancellationToken);
        await CreateVersionAsync(cancellationToken);
        await UpdateAsync(null, cancellationToken);
        return await VerifyAsync(_environment.HealthCheckPath ?? "/", cancellationToken);
    }

    /// <summary>Finds the environment, waits until no other deployment runs, and uploads the bundle under a key with its hash.</summary>
    /// <param name="zip">The bundle; null for an existing version.</param>
    /// <param name="cancellationToken">Cancels the wait; nothing is changed then.</param>
    public async Task UploadAsync(string? zip, CancellationToken cancellationToken)
    {
        try
        {
            await CheckEnvironmentAsync(cancellationToken);
            await (zip is null ? FindVersionAsync(cancellationToken) : UploadBundleAsync(zip, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            throw new DeploymentException($"interrupted; {Name} was not changed.");
        }
    }

    private async Task FindVersionAsync(CancellationToken cancellationToken)
    {
        if (await _beanstalk.FindVersionAsync(_label, cancellationToken) is null)
            throw new DeploymentException($"application {_environment.Application} has no version {_label}.");
        _versionExists = true;
    }

    private async Task UploadBundleAsync(string zip, CancellationToken cancellationToken)
    {
        _bucket = _environment.BundleBucket is { Length: > 0 } bucket
            ? bucket
            : await _beanstalk.StorageLocationAsync(cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(zip, cancellationToken)));
        _key = $"{_environment.BundleFolder ?? _environment.Application}/{_label}-{hash[..16]}.zip";
        var existing = await _beanstalk.FindVersionAsync(_label, cancellationToken);
        if (existing is not null && existing != $"{_bucket}/{_key}")
        {
            throw new DeploymentException(
                $"version {_label} already exists with another bundle (s3://{existing}): choose another Tag. {Name} was not changed.");
        }
        _versionExists = existing is not null;
        if (!_versionExists)
            await _aws.CallAsync(cancellationToken, "s3", "cp", "--only-show-errors", zip, $"s3://{_bucket}/{_key}");
    }

    public Task CreateVersionAsync(CancellationToken cancellationToken) => _versionExists
        ? Task.CompletedTask
        : _beanstalk.CreateVersionAsync(_label, _bucket, _key, cancellationToken);

    /// <summary>Starts the update of the environment, unless it already runs this version with the same settings.</summary>
    /// <param name="options">Option settings as JSON; null for none.</param>
    /// <param name="cancellationToken">Cancels the call, not the update.</param>
    public async Task UpdateAsync(string? options, CancellationToken cancellationToken)
    {
        if (_previousVersion == _label && _poller.State.IsGreen && options is null)
        {
            _report($"{Name} already runs {_label}");
            return;
        }
        _report($"Updating {Name} from {_previousVersion} to {_label}");
        await _beanstalk.UpdateAsync(_label, options, cancellationToken);
    }

    /// <summary>Waits until the new version is Green and passes the smoke test; otherwise rolls back to the previous version.</summary>
    public async Task<string> VerifyAsync(string healthPath, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await _poller.WaitUntilGreenAsync(_label, cancellationToken)
                ? await SmokeAsync(healthPath, cancellationToken)
                : _poller.Problem;
            if (problem is not null)
                await RollBackAsync(problem, cancellationToken);
            return $"{Name} {_poller.State}: http://{_poller.State.Address}";
        }
        catch (OperationCanceledException)
        {
            throw await InterruptedAsync();
        }
    }

    private async Task CheckEnvironmentAsync(CancellationToken cancellationToken)
    {
        await _poller.RefreshAsync(cancellationToken);
        if (!_poller.State.Exists)
        {
            throw new DeploymentException(
                $"there is no environment {Name} of application {_environment.Application}: " +
                $"create it on the Docker platform, or name another ({_environment.Name}:EnvironmentName).");
        }
        if (!_poller.State.IsReady)
            _report($"{Name} {_poller.State}; waiting until it is ready");
        if (!await _poller.WaitUntilReadyAsync(cancellationToken))
            throw new DeploymentException($"{Name} was not changed: it {_poller.State}.");
        _previousVersion = _poller.State.Version;
    }

    private async Task<string?> SmokeAsync(string healthPath, CancellationToken cancellationToken)
    {
        var address = $"http://{_poller.State.Address}";
        var problem = (_environment.SmokeUrl, _environment.SmokeProgram) switch
        {
            ("", _) => null,
            (var url, { Length: > 0 } program) => await SmokeTest.RunProgramAsync(program, url ?? address, cancellationToken),
            (var url, _) => await SmokeTest.RequestAsync(new Uri(url ?? address + healthPath), _environment, cancellationToken),
        };
        return problem is null ? null : $"does not work: {problem}";
    }

    /// <summary>Rolls back to the previous version, unless another deployment has changed the environment since.</summary>
    private async Task RollBackAsync(string problem, CancellationToken cancellationToken)
    {
        _report($"{Name} {problem}");
        await _logs.ShowAsync(cancellationToken);
        if (!_poller.State.IsReady)
        {
            await _beanstalk.AbortAsync(cancellationToken);
            if (!await _poller.WaitUntilReadyAsync(cancellationToken))
                throw new DeploymentException($"deployment failed: {Name} {problem}, and cannot be rolled back: it {_poller.State}.");
        }
        if (_poller.State.Version == _previousVersion && _previousVersion != _label)
            throw new DeploymentException($"deployment failed: {Name} {_poller.State}, as before.");
        if (_poller.State.Version != _label)
            throw new DeploymentException($"deployment failed, and another deployment changed {Name} meanwhile: it {_poller.State}.");
        if (_previousVersion is "None" || _previousVersion == _label)
            throw new DeploymentException($"deployment failed: {Name} {problem}; there is no earlier version to roll back to.");
        _report($"Rolling back to {_previousVersion}");
        await _beanstalk.UpdateAsync(_previousVersion, null, cancellationToken);
        throw new DeploymentException(await _poller.WaitUntilGreenAsync(_previousVersion, cancellationToken)
            ? $"deployment failed and was rolled back ({Name} {problem}): {Name} now {_poller.State}."
            : $"deployment failed, and so did the rollback: {Name} {_poller.Problem}.");
    }

    private async Task<DeploymentException> InterruptedAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _poller.RefreshAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is DeploymentException or OperationCanceledException)
        {
            // The message then has the last known state.
        }
        return new DeploymentException(
            $"interrupted while updating {Name} from {_previousVersion} to {_label}; Beanstalk continues the update. " +
            $"{Name} now {_poller.State}. " +
            $"To undo it: aws elasticbeanstalk abort-environment-update --environment-name {Name}, " +
            $"or later update-environment with --version-label {_previousVersion}.");
    }
}
