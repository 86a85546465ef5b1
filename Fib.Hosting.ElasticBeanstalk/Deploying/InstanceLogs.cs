namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>
/// Reports the last log lines of an environment's instances. They are for information only: a failure to get them is reported too.
/// </summary>
internal sealed class InstanceLogs(BeanstalkClient beanstalk, TimeSpan pollInterval, Action<string> report)
{
    /// <summary>How long Beanstalk may take to collect them.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = await beanstalk.RetrieveLogsAsync(cancellationToken);
            await beanstalk.RequestLogsAsync(cancellationToken);
            foreach (var log in await WaitForLogsAsync(before, cancellationToken))
                await ShowAsync(log.Split('\t'), cancellationToken);
        }
        catch (DeploymentException exception)
        {
            report(exception.Message);
        }
    }

    /// <summary>The logs that were not available before; none after a timeout of one minute.</summary>
    private async Task<IReadOnlyList<string>> WaitForLogsAsync(IReadOnlyList<string> before, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Limit)
        {
            if ((await beanstalk.RetrieveLogsAsync(cancellationToken)).Except(before).ToList() is { Count: > 0 } logs)
                return logs;
            await Task.Delay(pollInterval, cancellationToken);
        }
        report("the logs did not arrive within one minute.");
        return [];
    }

    private async Task ShowAsync(string[] log, CancellationToken cancellationToken)
    {
        var (instance, address) = (log[1], log[2]);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            var text = await client.GetStringAsync(new Uri(address), cancellationToken);
            report($"  the last log lines of {instance}:");
            foreach (var line in text.TrimEnd('\n').Split('\n'))
                report($"  | {line}");
        }
        catch (Exception exception)
            when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            report($"the logs of {instance} cannot be read: {exception.Message}");
        }
    }
}
