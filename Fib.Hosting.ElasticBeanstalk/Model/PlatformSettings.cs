namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Settings of the Beanstalk environment.</summary>
internal sealed record PlatformSettings
{
    /// <summary>The path that the load balancer asks.</summary>
    public string HealthCheckPath { get; init; } = "/";

    /// <summary>How a new version replaces the old one: a value of Beanstalk's option DeploymentPolicy.</summary>
    public string DeploymentPolicy { get; init; } = "Immutable";

    /// <summary>Days that streamed logs are kept.</summary>
    public int LogDays { get; init; } = 7;

    /// <summary>Option settings that the AppHost adds or replaces: namespace, option, value.</summary>
    public IReadOnlyList<OptionSetting> Options { get; init; } = [];

    /// <summary>The types of instance that option settings name.</summary>
    public IEnumerable<string> InstanceTypes => [.. ValuesOf("aws:ec2:instances", "InstanceTypes"), .. ValuesOf("aws:autoscaling:launchconfiguration", "InstanceType")];

    /// <summary>Whether an instance logs in to the registry before it pulls.</summary>
    public bool RegistryLogin { get; init; }

    /// <summary>The registry, without its repositories; empty for Docker Hub.</summary>
    public string Registry { get; init; } = "";

    /// <summary>Bucket and key of a Docker configuration in S3, <c>bucket/key</c>, with which the ECS-managed platform logs in; null for none.</summary>
    public string? DockerConfig { get; init; }

    /// <summary>The members of an option's list; none where no option setting has it.</summary>
    public IEnumerable<string> ValuesOf(string @namespace, string option) => Options.Where(setting => (setting.Namespace, setting.Option) == (@namespace, option))
        .SelectMany(setting => setting.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What the login needs.</summary>
    public IEnumerable<EnvironmentProperty> Properties => RegistryLogin ? [RegistryUser, RegistryPassword] : [];

    public static EnvironmentProperty RegistryUser { get; } = new("REGISTRY_USER", "the user name at the image registry") { Example = "deployer" };

    public static EnvironmentProperty RegistryPassword { get; } =
        new("REGISTRY_PASSWORD", "the password or access token at the image registry") { Example = "dckr_pat_example", Secret = true };
}
