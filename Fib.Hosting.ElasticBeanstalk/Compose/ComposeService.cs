using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Fib.Hosting.ElasticBeanstalk.Compose;

/// <summary>
/// A service of docker-compose.yml, with the names of the Compose specification. Values have compose's interpolation syntax: <c>$$</c> is a
/// dollar sign.
/// </summary>
public sealed class ComposeService
{
    /// <summary>The image, with a tag or a digest.</summary>
    public required string Image { get; set; }

    /// <summary>The host name by which other services reach it.</summary>
    public string? Hostname { get; set; }

    /// <summary>Replaces the image's entry point.</summary>
    public IList<string>? Entrypoint { get; set; }

    /// <summary>Replaces the image's command.</summary>
    public IList<string>? Command { get; set; }

    /// <summary>The hard limit of its memory, such as <c>512m</c>.</summary>
    public string? MemLimit { get; set; }

    /// <summary>The restart policy: <c>always</c>, <c>no</c>, <c>on-failure</c> or <c>unless-stopped</c>.</summary>
    public required string Restart { get; set; }

    /// <summary>The user it runs as.</summary>
    [YamlMember(ScalarStyle = ScalarStyle.DoubleQuoted)]
    public string? User { get; set; }

    /// <summary>Published ports, such as <c>80:8080</c>; quoted, since 80:80 is a number to base 60 in YAML 1.1.</summary>
    public IList<QuotedText>? Ports { get; set; }

    /// <summary>Environment variables.</summary>
    public IDictionary<string, QuotedText>? Environment { get; set; }

    /// <summary>The conditions of other services under which it starts.</summary>
    public IDictionary<string, ComposeDependency>? DependsOn { get; set; }

    /// <summary>Its health check.</summary>
    public ComposeHealthCheck? Healthcheck { get; set; }

    /// <summary>Mounts, such as <c>data:/var/data</c>.</summary>
    public IList<string>? Volumes { get; set; }

    /// <summary>Directories in memory, such as <c>/tmp:size=16m</c>.</summary>
    public IList<string>? Tmpfs { get; set; }

    /// <summary>Whether its root file system is read-only.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Linux capabilities to drop.</summary>
    public IList<string>? CapDrop { get; set; }

    /// <summary>Security options, such as <c>no-new-privileges</c>.</summary>
    public IList<string>? SecurityOpt { get; set; }

    /// <summary>Kernel parameters of the container.</summary>
    public IDictionary<string, int>? Sysctls { get; set; }

    /// <summary>Its logging.</summary>
    public ComposeLogging? Logging { get; set; }
}
