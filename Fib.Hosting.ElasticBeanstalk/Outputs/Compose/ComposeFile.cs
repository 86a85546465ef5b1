namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

/// <summary>The nodes of docker-compose.yml that a bundle uses (compose-spec.io). The order of properties is that of the file.</summary>
internal sealed record ComposeFile
{
    public required IReadOnlyDictionary<string, ComposeService> Services { get; init; }

    public IReadOnlyDictionary<string, ComposeVolume>? Volumes { get; init; }
}

/// <summary>A named volume, with the engine's defaults.</summary>
internal sealed record ComposeVolume;
