namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Settings of the Beanstalk environment.</summary>
internal sealed record PlatformSettings
{
    /// <summary>The load balancer's health check path.</summary>
    public string HealthCheckPath { get; init; } = "/";

    /// <summary>The status with which that path answers while the application works: 200 to 499.</summary>
    public int HealthCheckStatus { get; init; } = 200;

    /// <summary>The value of Beanstalk's option DeploymentPolicy: how a new version replaces the old one.</summary>
    public string DeploymentPolicy { get; init; } = "Immutable";

    /// <summary>The retention of streamed logs in days.</summary>
    public int LogDays { get; init; } = 7;

    /// <summary>Option settings that the AppHost adds or replaces: namespace, option, value.</summary>
    public IReadOnlyList<OptionSetting> Options { get; init; } = [];

    /// <summary>The instance types of the option settings.</summary>
    public IEnumerable<string> InstanceTypes =>
        [.. ValuesOf("aws:ec2:instances", "InstanceTypes"), .. ValuesOf("aws:autoscaling:launchconfiguration", "InstanceType")];

    /// <summary>Whether an instance logs in to the registry before it pulls.</summary>
    public bool RegistryLogin { get; init; }

    /// <summary>
    /// Bucket and key, <c>bucket/key</c>, of a Docker configuration in S3 with the registry login for the ECS-managed platform; null for
    /// none.
    /// </summary>
    public string? DockerConfig { get; init; }

    /// <summary>The values of a list option; none if no option setting has it.</summary>
    public IEnumerable<string> ValuesOf(string @namespace, string option) => Options
        .Where(setting => (setting.Namespace, setting.Option) == (@namespace, option))
        .SelectMany(setting => setting.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The properties of the registry login.</summary>
    public IEnumerable<EnvironmentProperty> Properties => RegistryLogin ? [RegistryUser, RegistryPassword] : [];

    public static EnvironmentProperty RegistryUser { get; } =
        new("REGISTRY_USER", "the user name at the image registry") { Example = "deployer" };

    public static EnvironmentProperty RegistryPassword { get; } =
        new("REGISTRY_PASSWORD", "the password or access token at the image registry") { Example = "dckr_pat_example", Secret = true };
}
