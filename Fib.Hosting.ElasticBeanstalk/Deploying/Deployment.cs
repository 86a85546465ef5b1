using System.Security.Cryptography;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>One deployment of a bundle to one environment, step by step. Each step may throw; the message says how the environment was left.</summary>
internal sealed class Deployment
{
    private readonly ElasticBeanstalkEnvironmentResource _environment;
    private readonly IAws _aws;
    private readonly BeanstalkClient _beanstalk;
    private readonly HealthWatch _watch;
    private readonly InstanceLogs _logs;
    private readonly Action<string> _say;
    private readonly string _label;
    private string _previous = "None";
    private string _bucket = "";
    private string _key = "";
    private bool _isThere;

    public Deployment(ElasticBeanstalkEnvironmentResource environment, string label, IAws aws, Action<string> say)
    {
        (_environment, _label, _aws, _say) = (environment, label, aws, say);
        _beanstalk = new BeanstalkClient(aws, environment.Application, environment.BeanstalkEnvironment);
        _watch = new HealthWatch(_beanstalk, DeploymentSettings.Of(environment), say);
        _logs = new InstanceLogs(_beanstalk, environment.PollInterval, say);
    }

    private string Name => _beanstalk.Name;

    /// <summary>Deploys a bundle, or a version that the application has already, with the properties that the environment has.</summary>
    public async Task<string> RunAsync(string? zip, CancellationToken cancellationToken)
    {
        await UploadAsync(zip, cancellationToken);
        await CreateVersionAsync(cancellationToken);
        await UpdateAsync(null, cancellationToken);
        return await VerifyAsync(_environment.HealthCheckPath ?? "/", cancellationToken);
    }

    /// <summary>Finds the environment, waits for another deployment's end, and uploads the bundle under a key that names its content.</summary>
    /// <param name="zip">The bundle; null for a version that the application has already.</param>
    /// <param name="cancellationToken">Ends the wait; nothing was changed then.</param>
    public async Task UploadAsync(string? zip, CancellationToken cancellationToken)
    {
        try
        {
            await TakeStockAsync(cancellationToken);
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
        _isThere = true;
    }

    private async Task UploadBundleAsync(string zip, CancellationToken cancellationToken)
    {
        _bucket = _environment.BundleBucket is { Length: > 0 } bucket ? bucket : await _beanstalk.StorageLocationAsync(cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(zip, cancellationToken)));
        _key = $"{_environment.BundleFolder ?? _environment.Application}/{_label}-{hash[..16]}.zip";
        var existing = await _beanstalk.FindVersionAsync(_label, cancellationToken);
        if (existing is not null && existing != $"{_bucket}/{_key}")
            throw new DeploymentException($"version {_label} is there already, with another bundle (s3://{existing}): choose another Tag. {Name} was not changed.");
        _isThere = existing is not null;
        if (!_isThere)
            await _aws.CallAsync(cancellationToken, "s3", "cp", "--only-show-errors", zip, $"s3://{_bucket}/{_key}");
    }

    public Task CreateVersionAsync(CancellationToken cancellationToken) => _isThere ? Task.CompletedTask : _beanstalk.CreateVersionAsync(_label, _bucket, _key, cancellationToken);

    /// <param name="options">Option settings as JSON; null for none.</param>
    /// <param name="cancellationToken">Ends the call, not the update.</param>
    public async Task UpdateAsync(string? options, CancellationToken cancellationToken)
    {
        if (_previous == _label && _watch.State.IsGreen && options is null)
        {
            _say($"{Name} runs {_label} already");
            return;
        }
        _say($"Updating {Name} from {_previous} to {_label}");
        await _beanstalk.UpdateAsync(_label, options, cancellationToken);
    }

    /// <summary>Waits until the new version is Green and passes the smoke test; otherwise goes back to the version before.</summary>
    public async Task<string> VerifyAsync(string healthPath, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await _watch.UntilGreenAsync(_label, cancellationToken) ? await SmokeAsync(healthPath, cancellationToken) : _watch.Problem;
            if (problem is not null)
                await RollBackAsync(problem, cancellationToken);
            return $"{Name} {_watch.State}: http://{_watch.State.Address}";
        }
        catch (OperationCanceledException)
        {
            throw await InterruptedAsync();
        }
    }

    private async Task TakeStockAsync(CancellationToken cancellationToken)
    {
        await _watch.LookAsync(cancellationToken);
        if (!_watch.State.Exists)
            throw new DeploymentException($"there is no environment {Name} of application {_environment.Application}: create it on the Docker platform, or name another ({_environment.Name}:EnvironmentName).");
        if (!_watch.State.IsReady)
            _say($"{Name} {_watch.State}; waiting until that is over");
        if (!await _watch.UntilReadyAsync(cancellationToken))
            throw new DeploymentException($"{Name} was not changed: it {_watch.State}.");
        _previous = _watch.State.Version;
    }

    private async Task<string?> SmokeAsync(string healthPath, CancellationToken cancellationToken)
    {
        var address = $"http://{_watch.State.Address}";
        var problem = (_environment.SmokeUrl, _environment.SmokeProgram) switch
        {
            ("", _) => null,
            (var url, { Length: > 0 } program) => await SmokeProgram.RunAsync(program, url ?? address, cancellationToken),
            (var url, _) => await SmokeTest.RunAsync(new Uri(url ?? address + healthPath), DeploymentSettings.Of(_environment), cancellationToken),
        };
        return problem is null ? null : $"does not work: {problem}";
    }

    /// <summary>Back to the version before, unless another deployment has changed it since.</summary>
    private async Task RollBackAsync(string problem, CancellationToken cancellationToken)
    {
        _say($"{Name} {problem}");
        await _logs.TellAsync(cancellationToken);
        if (!_watch.State.IsReady)
        {
            await _beanstalk.AbortAsync(cancellationToken);
            if (!await _watch.UntilReadyAsync(cancellationToken))
                throw new DeploymentException($"deployment failed: {Name} {problem}, and cannot be rolled back: it {_watch.State}.");
        }
        if (_watch.State.Version == _previous && _previous != _label)
            throw new DeploymentException($"deployment failed: {Name} {_watch.State}, as before.");
        if (_watch.State.Version != _label)
            throw new DeploymentException($"deployment failed, and another deployment came between: {Name} {_watch.State}.");
        if (_previous is "None" || _previous == _label)
            throw new DeploymentException($"deployment failed: {Name} {problem}; there is no earlier version to go back to.");
        _say($"Rolling back to {_previous}");
        await _beanstalk.UpdateAsync(_previous, null, cancellationToken);
        throw new DeploymentException(await _watch.UntilGreenAsync(_previous, cancellationToken)
            ? $"deployment failed and was rolled back ({Name} {problem}): {Name} now {_watch.State}."
            : $"deployment failed, and so did the way back: {Name} {_watch.Problem}.");
    }

    private async Task<DeploymentException> InterruptedAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _watch.LookAsync(deadline.Token);
        }
        catch (Exception failed) when (failed is DeploymentException or OperationCanceledException)
        {
            // Then the last look has to do.
        }
        return new DeploymentException(
            $"interrupted while updating {Name} from {_previous} to {_label}; Beanstalk goes on by itself. {Name} now {_watch.State}. " +
            $"To undo it: aws elasticbeanstalk abort-environment-update --environment-name {Name}, or later update-environment with --version-label {_previous}.");
    }
}
