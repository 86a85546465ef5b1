using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Deploys a bundle to one environment, step by step.</summary>
/// <remarks>Each step throws a <see cref="DeploymentException"/> if it fails; the message has the state of the environment.</remarks>
internal sealed class Deployment
{
    private const string NoVersion = "None";

    private readonly ElasticBeanstalkEnvironmentResource _environment;
    private readonly BeanstalkClient _beanstalk;
    private readonly BundleVersion _version;
    private readonly EnvironmentPoller _poller;
    private readonly InstanceLogs _logs;
    private readonly Action<string> _report;
    private readonly string _label;
    private string _previousVersion = NoVersion;
    private (string From, string To)? _update;
    private PropertyValues? _values;

    public Deployment(ElasticBeanstalkEnvironmentResource environment, string label, AwsCli aws, Action<string> report)
    {
        (_environment, _label, _report) = (environment, label, report);
        _beanstalk = new BeanstalkClient(aws, environment.Application, environment.BeanstalkEnvironment);
        _version = new BundleVersion(environment, aws, _beanstalk, label);
        _poller = new EnvironmentPoller(_beanstalk, environment, report);
        _logs = new InstanceLogs(_beanstalk, environment.PollInterval, report);
    }

    private string Name => _beanstalk.Name;

    /// <summary>Deploys a bundle, or an existing version of the application; the environment keeps its properties.</summary>
    /// <param name="zip">The bundle; null for an existing version.</param>
    /// <param name="platform">The settings with the health check, which is the smoke test by default.</param>
    /// <param name="cancellationToken">Cancels the wait, not an update that has started.</param>
    /// <returns>The state and the address of the environment.</returns>
    public async Task<string> RunAsync(string? zip, PlatformSettings platform, CancellationToken cancellationToken)
    {
        await UploadAsync(zip, null, cancellationToken);
        await CreateVersionAsync(cancellationToken);
        await UpdateAsync(cancellationToken);
        return await VerifyAsync(platform, cancellationToken);
    }

    /// <summary>
    /// Finds the environment, waits until no other deployment runs, checks the required properties, and uploads the bundle under a key with
    /// its hash.
    /// </summary>
    /// <param name="zip">The bundle; null for an existing version.</param>
    /// <param name="values">The new values of environment properties; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait; nothing is changed then.</param>
    public Task UploadAsync(string? zip, PropertyValues? values, CancellationToken cancellationToken) => InterruptibleAsync(
        async () =>
        {
            _values = values;
            await CheckEnvironmentAsync(cancellationToken);
            if (zip is null)
            {
                await _version.FindAsync(cancellationToken);
                return;
            }
            var current = await _beanstalk.PropertiesAsync(cancellationToken);
            RequiredProperties.Check(zip, current, values, Name);
            values?.KeepExisting(current);
            values?.RemoveEarlier(current);
            values?.CheckTotal(current);
            await _version.UploadAsync(zip, cancellationToken);
        },
        () => Task.FromResult($"interrupted; {Name} was not changed."),
        cancellationToken);

    /// <summary>Creates the application version, unless it exists.</summary>
    public Task CreateVersionAsync(CancellationToken cancellationToken) => InterruptibleAsync(
        () => _version.CreateAsync(cancellationToken), InterruptedBeforeUpdate, cancellationToken);

    /// <summary>Starts the update of the environment, unless it already runs this version with the same settings.</summary>
    /// <param name="cancellationToken">Cancels the call, not the update.</param>
    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        var options = OptionChanges.None;
        if (_values is not null)
            await InterruptibleAsync(
                async () => options = await _values.ChangesAsync(cancellationToken), InterruptedBeforeUpdate, cancellationToken);
        if (_previousVersion == _label && _poller.State.IsGreen && options.IsNone)
        {
            _report($"{Name} already runs {_label}");
            return;
        }
        _report($"Updating {Name} from {_previousVersion} to {_label}");
        await InterruptibleAsync(
            () => StartUpdateAsync(_previousVersion, _label, options, cancellationToken), InterruptedAsync, cancellationToken);
    }

    /// <summary>Waits until the new version is Green and passes the smoke test; otherwise rolls back to the previous version.</summary>
    public async Task<string> VerifyAsync(PlatformSettings platform, CancellationToken cancellationToken)
    {
        try
        {
            var changesOnlyValues = _update is var (from, to) && from == to;
            var problem = await _poller.WaitUntilGreenAsync(_label, changesOnlyValues, cancellationToken)
                ? await SmokeAsync(platform, cancellationToken)
                : _poller.Problem;
            if (problem is not null)
                throw await FailAsync(problem, cancellationToken);
            return $"{Name} {_poller.State}: http://{_poller.State.Address}";
        }
        catch (OperationCanceledException)
        {
            throw new DeploymentException(await InterruptedAsync());
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

    private async Task StartUpdateAsync(string from, string to, OptionChanges options, CancellationToken cancellationToken)
    {
        _update = (from, to);
        await _beanstalk.UpdateAsync(to, options, cancellationToken);
    }

    private async Task<string?> SmokeAsync(PlatformSettings platform, CancellationToken cancellationToken)
    {
        var address = $"http://{_poller.State.Address}";
        var problem = (_environment.SmokeUrl, _environment.SmokeProgram) switch
        {
            ("", _) => null,
            (var url, { Length: > 0 } program) => await SmokeTest.RunProgramAsync(program, url ?? address, cancellationToken),
            (var url, _) => await SmokeTest.RequestAsync(
                new Uri(url ?? address + platform.HealthCheckPath), url is null ? platform.HealthCheckStatus : null, _environment,
                cancellationToken),
        };
        return problem is null ? null : $"does not work: {problem}";
    }

    private async Task<DeploymentException> FailAsync(string problem, CancellationToken cancellationToken)
    {
        _report($"{Name} {problem}");
        await _logs.ShowAsync(cancellationToken);
        try
        {
            return new DeploymentException(await RollBackAsync(problem, cancellationToken));
        }
        catch (DeploymentException exception)
        {
            return new DeploymentException(
                $"deployment failed: {Name} {problem}, and cannot be rolled back: {exception.Message.TrimEnd('.')}." +
                Kept(_values?.StoredSecrets));
        }
    }

    /// <summary>Rolls back to the previous version, unless another deployment has changed the environment since.</summary>
    /// <returns>The outcome.</returns>
    private async Task<string> RollBackAsync(string problem, CancellationToken cancellationToken)
    {
        var isUpdated = _poller.State.IsReady && _poller.State.Version == _label;
        // The last known state may be as old as the time limit of the update.
        await _poller.RefreshAsync(cancellationToken);
        if (isUpdated && !_poller.State.IsReady)
            throw new DeploymentException($"another update has begun, and it {_poller.State}");
        if (!_poller.State.IsReady)
        {
            await _beanstalk.AbortAsync(cancellationToken);
            if (!await _poller.WaitUntilReadyAsync(cancellationToken))
                throw new DeploymentException($"it {_poller.State}");
        }
        if (_poller.State.Version == _previousVersion && _previousVersion != _label)
            return $"deployment failed: {Name} {_poller.State}, as before.{Kept(_values?.StoredSecrets)}";
        if (_poller.State.Version != _label)
            return $"deployment failed, and another deployment changed {Name} meanwhile: it {_poller.State}." +
                Kept(_values?.StoredSecrets);
        if (_previousVersion == NoVersion || _previousVersion == _label)
            return $"deployment failed: {Name} {problem}; there is no earlier version to roll back to.{Kept(_values?.Names)}{Removed()}";
        _report($"Rolling back to {_previousVersion}");
        await StartUpdateAsync(_label, _previousVersion, _values?.Restoration ?? OptionChanges.None, cancellationToken);
        return await _poller.WaitUntilGreenAsync(_previousVersion, changesOnlyValues: false, cancellationToken)
            ? $"deployment failed and was rolled back ({Name} {problem}): {Name} now {_poller.State}.{Kept(_values?.Names)}"
            : $"deployment failed, and so did the rollback: {Name} {_poller.Problem}.{Kept(_values?.Names)}";
    }

    /// <summary>Replaces a cancellation by a message with the state, and adds the stored secrets to that of a failure.</summary>
    private async Task InterruptibleAsync(Func<Task> action, Func<Task<string>> message, CancellationToken cancellationToken)
    {
        try
        {
            await action();
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (DeploymentException exception)
        {
            throw new DeploymentException(exception.Message + Kept(_values?.StoredSecrets));
        }
        catch (OperationCanceledException)
        {
            throw new DeploymentException(await message());
        }
    }

    private Task<string> InterruptedBeforeUpdate() => Task.FromResult(
        $"interrupted before the update; {Name} was not changed: it {_poller.State}.{Kept(_values?.StoredSecrets)} " +
        _version.HowToContinue);

    /// <summary>A rollback changes the version, and sets removed properties again; others keep their new values.</summary>
    private static string Kept(IEnumerable<string>? names) =>
        string.Join(", ", names ?? []) is { Length: > 0 } list ? $" These properties and secrets keep their new values: {list}." : "";

    private string Removed() => string.Join(", ", _values?.Cleared ?? []) is { Length: > 0 } list ? $" These are removed: {list}." : "";

    private async Task<string> InterruptedAsync()
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
        return _update is not var (from, to)
            ? $"interrupted; {Name} was not changed: it {_poller.State}."
            : $"interrupted while updating {Name} from {from} to {to}; if the update has started, Beanstalk continues it. " +
                $"{Name} now {_poller.State}. " +
                $"To undo it: aws elasticbeanstalk abort-environment-update --environment-name {Name}" +
                (from == NoVersion ? "." : $", or later update-environment with --version-label {from}.") +
                Kept(_values?.Names) + (to == _label ? Removed() : "");
    }
}
