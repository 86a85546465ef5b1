namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Calls Elastic Beanstalk for one environment of one application.</summary>
/// <param name="aws">Makes the calls.</param>
/// <param name="application">The application.</param>
/// <param name="environment">The environment.</param>
internal sealed class BeanstalkClient(AwsCli aws, string application, string environment)
{
    private readonly HashSet<string> _returnedEvents = [];
    private readonly string _since =
        DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public string Name => environment;

    public async Task<EnvironmentState> DescribeAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "describe-environments", cancellationToken,
            "--application-name", application, "--environment-names", environment, "--no-include-deleted",
            "--query", "Environments[0].[Status,Health,VersionLabel,CNAME]", "--output", "text");
        return answer.Split('\t') is [var status, var health, var version, var address]
            ? new(status, health, version, address)
            : new("None", "None", "None", "None");
    }

    /// <summary>The location of a version's bundle, <c>bucket/key</c>; null if the application has no such version.</summary>
    public async Task<string?> FindVersionAsync(string label, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "describe-application-versions", cancellationToken, "--application-name", application, "--version-labels", label,
            "--query", "ApplicationVersions[0].SourceBundle.[S3Bucket,S3Key]", "--output", "text");
        return answer.Split('\t') is [var bucket, var key] ? $"{bucket}/{key}" : null;
    }

    /// <summary>The properties of the environment. A failed update can leave a second, failed configuration.</summary>
    public async Task<CurrentProperties> PropertiesAsync(CancellationToken cancellationToken) => CurrentProperties.Parse(await CallAsync(
        "describe-configuration-settings", cancellationToken, "--application-name", application, "--environment-name", environment,
        "--query",
        "not_null(ConfigurationSettings[?DeploymentStatus=='deployed'] | [0], ConfigurationSettings[0])" +
        ".OptionSettings[].[Namespace,OptionName,Value]",
        "--output", "json"));

    public Task CreateVersionAsync(string label, string bucket, string key, CancellationToken cancellationToken) => CallAsync(
        "create-application-version", cancellationToken,
        "--application-name", application, "--version-label", label, "--source-bundle", $"S3Bucket={bucket},S3Key={key}");

    /// <summary>Updates the environment to a version.</summary>
    /// <param name="label">The version.</param>
    /// <param name="options">The changes of option settings.</param>
    /// <param name="cancellationToken">Cancels the call, not the update.</param>
    public Task UpdateAsync(string label, OptionChanges options, CancellationToken cancellationToken)
    {
        string[] settings = options.Settings is null ? [] : ["--option-settings", AwsCli.Input];
        string[] removed = options.Removed.Count == 0 ? [] : ["--options-to-remove", .. options.Removed];
        return aws.CallAsync(
            [
                "elasticbeanstalk", "update-environment",
                "--application-name", application, "--environment-name", environment, "--version-label", label,
                .. settings, .. removed,
            ],
            options.Settings, cancellationToken);
    }

    public Task AbortAsync(CancellationToken cancellationToken) =>
        CallAsync("abort-environment-update", cancellationToken, "--environment-name", environment);

    public Task TerminateAsync(CancellationToken cancellationToken) =>
        CallAsync("terminate-environment", cancellationToken, "--environment-name", environment);

    /// <summary>The bucket that Elastic Beanstalk provides for bundles in this region.</summary>
    public Task<string> StorageLocationAsync(CancellationToken cancellationToken) =>
        CallAsync("create-storage-location", cancellationToken, "--query", "S3Bucket", "--output", "text");

    /// <summary>The events that no earlier call returned, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> NewEventsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "describe-events", cancellationToken,
            "--application-name", application, "--environment-name", environment, "--start-time", _since,
            "--query", "Events[].[EventDate,Severity,Message]", "--output", "text");
        return [.. answer.Split('\n').Reverse().Where(line => line.Length > 0 && _returnedEvents.Add(line))
            .Select(line => line.Replace('\t', ' '))];
    }

    /// <summary>
    /// Starts collecting the last log lines of every instance; <see cref="RetrieveLogsAsync"/> returns them a few seconds later.
    /// </summary>
    public Task RequestLogsAsync(CancellationToken cancellationToken) =>
        CallAsync("request-environment-info", cancellationToken, "--environment-name", environment, "--info-type", "tail");

    /// <summary>The logs collected so far, one line for each: time, instance and URL, separated by tabs.</summary>
    public async Task<IReadOnlyList<string>> RetrieveLogsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            "retrieve-environment-info", cancellationToken, "--environment-name", environment, "--info-type", "tail",
            "--query", "EnvironmentInfo[].[SampleTimestamp,Ec2InstanceId,Message]", "--output", "text");
        return [.. answer.Split('\n').Where(line => line.Split('\t').Length == 3)];
    }

    private Task<string> CallAsync(string operation, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        aws.CallAsync(["elasticbeanstalk", operation, .. arguments], null, cancellationToken);
}

/// <summary>The state of a Beanstalk environment.</summary>
/// <param name="Status">Such as <c>Ready</c> or <c>Updating</c>; <c>None</c> if there is no such environment.</param>
/// <param name="Health">Such as <c>Green</c>.</param>
/// <param name="Version">The label of the version it runs; <c>None</c> for none.</param>
/// <param name="Address">Its host name.</param>
internal sealed record EnvironmentState(string Status, string Health, string Version, string Address)
{
    public bool Exists => Status != "None";

    public bool IsReady => Status == "Ready";

    public bool IsTerminated => !Exists || Status.StartsWith("Terminat", StringComparison.Ordinal);

    public bool IsGreen => Health == "Green";

    public override string ToString() => $"runs {Version}, status {Status}, health {Health}";
}
