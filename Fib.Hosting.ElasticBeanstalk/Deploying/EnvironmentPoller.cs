namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Polls an environment until it has the expected state, and reports its events meanwhile.</summary>
/// <param name="beanstalk">The Beanstalk environment.</param>
/// <param name="settings">The timeouts and the poll interval.</param>
/// <param name="report">Receives each event and each failed call.</param>
internal sealed class EnvironmentPoller(BeanstalkClient beanstalk, ElasticBeanstalkEnvironmentResource settings, Action<string> report)
{
    /// <summary>The last known state.</summary>
    public EnvironmentState State { get; private set; } = new("None", "None", "None", "None");

    /// <summary>Why the last wait failed.</summary>
    public string Problem { get; private set; } = "";

    public async Task RefreshAsync(CancellationToken cancellationToken) => State = await beanstalk.DescribeAsync(cancellationToken);

    /// <summary>Waits until no update runs, neither of this deployment nor of another.</summary>
    /// <returns>Whether the environment became ready within <see cref="ElasticBeanstalkEnvironmentResource.DeployTimeout"/>.</returns>
    public async Task<bool> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var deadline = new Deadline(settings.DeployTimeout);
        while (!State.IsReady)
        {
            if (State.IsTerminated || deadline.HasPassed)
                return false;
            await Task.Delay(settings.PollInterval, cancellationToken);
            await ReportEventsAsync(cancellationToken);
            await TryRefreshAsync(cancellationToken);
        }
        return true;
    }

    /// <summary>Waits until the environment runs a version and is Green.</summary>
    /// <param name="label">The version.</param>
    /// <param name="changesOnlyValues">Whether it ran this version before the update too.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Whether it is; if not, <see cref="Problem"/> has the reason.</returns>
    public async Task<bool> WaitUntilGreenAsync(string label, bool changesOnlyValues, CancellationToken cancellationToken)
    {
        var (update, health) = (new Deadline(settings.DeployTimeout), new Deadline(settings.HealthTimeout));
        var begin = health;
        var (updateSeen, versionRuns) = (false, false);
        while (true)
        {
            await ReportEventsAsync(cancellationToken);
            var isKnown = await TryRefreshAsync(cancellationToken);
            if (isKnown)
            {
                if (State.IsTerminated)
                    return Fail($"is terminated: it {State}");
                // Right after the update request, Beanstalk may still report the state before it.
                var isOld = changesOnlyValues && !updateSeen && !begin.HasPassed;
                if (State is { IsReady: true, IsGreen: true } && State.Version == label && !isOld)
                    return true;
                updateSeen |= !State.IsReady;
                if (State.IsReady && !versionRuns && State.Version == label && !isOld)
                    (versionRuns, health) = (true, new Deadline(settings.HealthTimeout));
                if (State.IsReady && (State.Version == label ? health.HasPassed : updateSeen || health.HasPassed))
                    return Fail(State.Version == label ? $"does not become Green: it {State}" : $"did not keep {label}: it {State}");
            }
            if (update.HasPassed)
                return Fail(
                    $"has not become Green within {settings.DeployTimeout.TotalSeconds:0} s: " +
                    (isKnown ? $"it {State}" : $"the last known state is: {State}"));
            await Task.Delay(settings.PollInterval, cancellationToken);
        }
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }

    /// <summary>Reports a failed call; the next poll repeats it.</summary>
    private async Task<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
            return true;
        }
        catch (DeploymentException exception)
        {
            report(exception.Message);
            return false;
        }
    }

    private async Task ReportEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var line in await beanstalk.NewEventsAsync(cancellationToken))
                report($"  {line}");
        }
        catch (DeploymentException)
        {
            // Events are for information only.
        }
    }

    private readonly struct Deadline(TimeSpan limit)
    {
        private readonly long _started = TimeProvider.System.GetTimestamp();

        public bool HasPassed => TimeProvider.System.GetElapsedTime(_started) >= limit;
    }
}
