namespace Fib.Hosting.ElasticBeanstalk.Compose;

/// <summary>The nodes of docker-compose.yml that a bundle uses (compose-spec.io). The order of properties is that of the file.</summary>
public sealed class ComposeFile
{
    /// <summary>The services, by name.</summary>
    public IDictionary<string, ComposeService> Services { get; set; } = new Dictionary<string, ComposeService>();

    /// <summary>The named volumes; null for none.</summary>
    public IDictionary<string, ComposeVolume>? Volumes { get; set; }
}

/// <summary>A named volume, with the engine's defaults.</summary>
public sealed class ComposeVolume;
