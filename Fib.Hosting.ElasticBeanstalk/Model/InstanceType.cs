using System.Text.RegularExpressions;

namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>Derives memory and architecture of EC2's instance types from their names (Amazon EC2 User Guide, "Instance types").</summary>
internal static partial class InstanceType
{
    private static readonly Dictionary<string, int> Burstable = new()
    {
        ["nano"] = 512, ["micro"] = 1024, ["small"] = 2048, ["medium"] = 4096, ["large"] = 8192, ["xlarge"] = 16_384, ["2xlarge"] = 32_768,
    };

    /// <summary>GiB for each of the two processors of a size <c>large</c>, by the family's first letter.</summary>
    private static readonly Dictionary<char, int> GiBPerLarge = new() { ['c'] = 4, ['m'] = 8, ['r'] = 16 };

    /// <summary>The memory; null if the name does not determine it.</summary>
    public static MemorySize? MemoryOf(string type)
    {
        if (type.Split('.') is not [{ Length: > 1 } family, var size])
            return null;
        if (family is "t2" or "t3" or "t3a" or "t4g")
            return Burstable.TryGetValue(size, out var memory) ? new MemorySize(memory) : null;
        return GiBPerLarge.TryGetValue(family[0], out var large) && char.IsAsciiDigit(family[1]) && FactorOf(size) is { } factor
            ? new MemorySize(large * 1024 * factor / 2)
            : null;
    }

    /// <summary>
    /// The architecture; null if the name does not determine it. A family of Arm processors has a <c>g</c> for Graviton after its
    /// generation, except the first, a1.
    /// </summary>
    public static ElasticBeanstalkArchitecture? ArchitectureOf(string type) => Family().Match(type) is { Success: true } family
        ? family.Groups["attributes"].Value.Contains('g', StringComparison.Ordinal) || family.Groups["name"].Value == "a1"
            ? ElasticBeanstalkArchitecture.Arm64
            : ElasticBeanstalkArchitecture.X64
        : null;

    /// <summary>A multiple of half a <c>large</c>.</summary>
    private static int? FactorOf(string size) => size switch
    {
        "medium" => 1,
        "large" => 2,
        "xlarge" => 4,
        _ when size.EndsWith("xlarge", StringComparison.Ordinal) && int.TryParse(size[..^6], out var times)
            && times is > 1 and < 100 => 4 * times,
        _ => null,
    };

    /// <summary>Excludes Macs, which do not run Linux.</summary>
    [GeneratedRegex("^(?!mac)(?<name>[a-z]+[0-9]+)(?<attributes>[a-z]*)(-[a-z0-9]+)?\\.[a-z0-9-]+\\z")]
    private static partial Regex Family();
}
