namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Shows the last lines of the logs of an environment's instances. They are for information: that they cannot be had changes nothing.</summary>
internal sealed class InstanceLogs(BeanstalkClient beanstalk, TimeSpan pollInterval, Action<string> say)
{
    /// <summary>How long Beanstalk may take to collect them.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = await beanstalk.FindLogsAsync(cancellationToken);
            await beanstalk.RequestLogsAsync(cancellationToken);
            foreach (var log in await UntilCollectedAsync(before, cancellationToken))
                await TellAsync(log.Split('\t'), cancellationToken);
        }
        catch (DeploymentException refused)
        {
            say(refused.Message);
        }
    }

    /// <summary>Those that were not there before; none where they take too long.</summary>
    private async Task<IReadOnlyList<string>> UntilCollectedAsync(IReadOnlyList<string> before, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Limit)
        {
            if ((await beanstalk.FindLogsAsync(cancellationToken)).Except(before).ToList() is { Count: > 0 } logs)
                return logs;
            await Task.Delay(pollInterval, cancellationToken);
        }
        say("the logs did not come.");
        return [];
    }

    private async Task TellAsync(string[] log, CancellationToken cancellationToken)
    {
        var (instance, address) = (log[1], log[2]);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            var text = await client.GetStringAsync(new Uri(address), cancellationToken);
            say($"  the last log lines of {instance}:");
            foreach (var line in text.TrimEnd('\n').Split('\n'))
                say($"  | {line}");
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            say($"the logs of {instance} cannot be read: {failed.Message}");
        }
    }
}
