using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

internal sealed record ComposeService
{
    public required string Image { get; init; }

    public required string Hostname { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public required string MemLimit { get; init; }

    public required string Restart { get; init; }

    // Quoted: without quotes 80:80 is a number to base 60 in YAML 1.1.
    [YamlMember(ScalarStyle = ScalarStyle.DoubleQuoted)]
    public string? User { get; init; }

    public IReadOnlyList<QuotedText>? Ports { get; init; }

    public IReadOnlyDictionary<string, QuotedText>? Environment { get; init; }

    public IReadOnlyDictionary<string, ComposeDependency>? DependsOn { get; init; }

    public ComposeHealthCheck? Healthcheck { get; init; }

    public IReadOnlyList<string>? Volumes { get; init; }

    public IReadOnlyList<string>? Tmpfs { get; init; }

    public bool ReadOnly { get; init; }

    public required IReadOnlyList<string> CapDrop { get; init; }

    public required IReadOnlyList<string> SecurityOpt { get; init; }

    public IReadOnlyDictionary<string, int>? Sysctls { get; init; }

    public required ComposeLogging Logging { get; init; }
}
