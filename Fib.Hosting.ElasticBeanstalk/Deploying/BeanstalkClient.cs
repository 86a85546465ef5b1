namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>One environment of one application.</summary>
/// <param name="aws">Where calls go.</param>
/// <param name="application">The application.</param>
/// <param name="environment">The environment.</param>
internal sealed class BeanstalkClient(IAws aws, string application, string environment)
{
    private readonly HashSet<string> _told = [];
    private readonly string _since = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public string Name => environment;

    public async Task<EnvironmentState> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "describe-environments", cancellationToken, "--application-name", application, "--environment-names", environment, "--no-include-deleted",
            "--query", "Environments[0].[Status,Health,VersionLabel,CNAME]", "--output", "text");
        return answer.Split('\t') is [var status, var health, var version, var address] ? new(status, health, version, address) : new("None", "None", "None", "None");
    }

    /// <summary>Where the bundle of a version is, <c>bucket/key</c>; null where there is no such version.</summary>
    public async Task<string?> FindVersionAsync(string label, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "describe-application-versions", cancellationToken, "--application-name", application, "--version-labels", label,
            "--query", "ApplicationVersions[0].SourceBundle.[S3Bucket,S3Key]", "--output", "text");
        return answer.Split('\t') is [var bucket, var key] ? $"{bucket}/{key}" : null;
    }

    public Task CreateVersionAsync(string label, string bucket, string key, CancellationToken cancellationToken) => CallAsync(
        "create-application-version", cancellationToken, "--application-name", application, "--version-label", label, "--source-bundle", $"S3Bucket={bucket},S3Key={key}");

    /// <summary>Has the environment run a version.</summary>
    /// <param name="label">The version.</param>
    /// <param name="options">Option settings as JSON; null for none.</param>
    /// <param name="cancellationToken">Ends the call, not the update.</param>
    public Task UpdateAsync(string label, string? options, CancellationToken cancellationToken) => aws.CallAsync(
        ["elasticbeanstalk", "update-environment", "--application-name", application, "--environment-name", environment, "--version-label", label, .. options is null ? (string[])[] : ["--option-settings", AwsCalls.Input]],
        options, cancellationToken);

    public Task AbortAsync(CancellationToken cancellationToken) => CallAsync("abort-environment-update", cancellationToken, "--environment-name", environment);

    public Task TerminateAsync(CancellationToken cancellationToken) => CallAsync("terminate-environment", cancellationToken, "--environment-name", environment);

    /// <summary>The bucket that Beanstalk keeps for bundles in this region.</summary>
    public Task<string> StorageLocationAsync(CancellationToken cancellationToken) => CallAsync("create-storage-location", cancellationToken, "--query", "S3Bucket", "--output", "text");

    /// <summary>The events that were not told before, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "describe-events", cancellationToken, "--application-name", application, "--environment-name", environment, "--start-time", _since,
            "--query", "Events[].[EventDate,Severity,Message]", "--output", "text");
        return [.. answer.Split('\n').Reverse().Where(line => line.Length > 0 && _told.Add(line)).Select(line => line.Replace('\t', ' '))];
    }

    /// <summary>Has Beanstalk collect the last lines of the logs of every instance, for which it needs a moment.</summary>
    public Task RequestLogsAsync(CancellationToken cancellationToken) =>
        CallAsync("request-environment-info", cancellationToken, "--environment-name", environment, "--info-type", "tail");

    /// <summary>What was collected so far, a line each: time, instance and address, separated by tabs.</summary>
    public async Task<IReadOnlyList<string>> FindLogsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "retrieve-environment-info", cancellationToken, "--environment-name", environment, "--info-type", "tail",
            "--query", "EnvironmentInfo[].[SampleTimestamp,Ec2InstanceId,Message]", "--output", "text");
        return [.. answer.Split('\n').Where(line => line.Split('\t').Length == 3)];
    }

    private Task<string> CallAsync(string operation, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        aws.CallAsync(["elasticbeanstalk", operation, .. arguments], null, cancellationToken);
}
