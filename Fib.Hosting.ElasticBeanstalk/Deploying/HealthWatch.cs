namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Waits until an environment is as it shall be, and says meanwhile what happens to it.</summary>
internal sealed class HealthWatch(BeanstalkClient beanstalk, DeploymentSettings settings, Action<string> say)
{
    /// <summary>The environment as it was seen last.</summary>
    public EnvironmentState State { get; private set; } = new("None", "None", "None", "None");

    /// <summary>What is wrong with it, after a wait that failed.</summary>
    public string Problem { get; private set; } = "";

    public async Task LookAsync(CancellationToken cancellationToken) => State = await beanstalk.LookAsync(cancellationToken);

    /// <summary>Until no update is under way, this one's or another's.</summary>
    /// <returns>Whether that was so within the time for a deployment.</returns>
    public async Task<bool> UntilReadyAsync(CancellationToken cancellationToken)
    {
        var time = new Elapsed(settings.DeployTimeout);
        while (!State.IsReady)
        {
            if (State.IsGone || time.IsOver)
                return false;
            await NextLookAsync(cancellationToken);
        }
        return true;
    }

    /// <summary>Until the environment runs a version and is Green.</summary>
    /// <returns>Whether it is; otherwise <see cref="Problem"/> says why not.</returns>
    public async Task<bool> UntilGreenAsync(string label, CancellationToken cancellationToken)
    {
        var (time, health) = (new Elapsed(settings.DeployTimeout), new Elapsed(settings.HealthTimeout));
        var (moved, settled) = (false, false);
        while (true)
        {
            await TellEventsAsync(cancellationToken);
            if (await TryLookAsync(cancellationToken))
            {
                if (State.IsGone)
                    return Fail($"is gone: it {State}");
                if (State is { IsReady: true, IsGreen: true } && State.Version == label)
                    return true;
                moved |= !State.IsReady;
                if (State.IsReady && !settled && State.Version == label)
                    (settled, health) = (true, new Elapsed(settings.HealthTimeout));
                // Right after the update it may still look as before.
                if (State.IsReady && (State.Version == label ? health.IsOver : moved || health.IsOver))
                    return Fail(State.Version == label ? $"does not become Green: it {State}" : $"did not keep {label}: it {State}");
            }
            if (time.IsOver)
                return Fail($"has not become Green within {settings.DeployTimeout.TotalSeconds:0} s: it {State}");
            await Task.Delay(settings.PollInterval, cancellationToken);
        }
    }

    private bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }

    private async Task NextLookAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(settings.PollInterval, cancellationToken);
        await TellEventsAsync(cancellationToken);
        await TryLookAsync(cancellationToken);
    }

    /// <summary>A call that fails is repeated by the next one.</summary>
    private async Task<bool> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
            return true;
        }
        catch (DeploymentException refused)
        {
            say(refused.Message);
            return false;
        }
    }

    private async Task TellEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var line in await beanstalk.EventsAsync(cancellationToken))
                say($"  {line}");
        }
        catch (DeploymentException)
        {
            // Events are for information only.
        }
    }

    private readonly struct Elapsed(TimeSpan limit)
    {
        private readonly long _started = TimeProvider.System.GetTimestamp();

        public bool IsOver => TimeProvider.System.GetElapsedTime(_started) >= limit;
    }
}
