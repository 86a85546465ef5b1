using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Fib.Rehearsal.Platform;

/// <summary>The parts of a compose file that the rehearsal reads.</summary>
/// <param name="Services">In the file's order.</param>
/// <param name="Required">The environment properties that the file requires, written <c>${NAME:?description}</c>.</param>
internal sealed partial record ComposeModel(IReadOnlyList<ComposeService> Services, IReadOnlyList<string> Required)
{
    /// <summary>Parses a compose file's text.</summary>
    /// <exception cref="InvalidDataException">The file has no services, or a service has no image.</exception>
    public static ComposeModel Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }] || Child(root, "services") is not YamlMappingNode services)
            throw new InvalidDataException($"{SourceBundle.ComposeFile} has no services.");
        return new ComposeModel(
            [.. services.Select(service => ReadService(service.Key.ToString(), (YamlMappingNode)service.Value))],
            [.. RequiredProperty().Matches(text).Select(match => match.Groups[1].Value).Distinct()]);
    }

    private static ComposeService ReadService(string name, YamlMappingNode service) => new(
        name,
        Child(service, "hostname")?.ToString() ?? name,
        Child(service, "image")?.ToString() ?? throw new InvalidDataException($"Service {name} has no image."),
        Child(service, "environment")?.ToString().Contains("REDIS_HOST", StringComparison.Ordinal) ?? false,
        Child(service, "ports") is YamlSequenceNode ports ? [.. ports.Select(port => port.ToString())] : []);

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    [GeneratedRegex(@"\$\{([A-Z_][A-Z0-9_]*):\?")]
    private static partial Regex RequiredProperty();
}

/// <summary>One service of the compose file.</summary>
/// <param name="Name">The service's key.</param>
/// <param name="Hostname">A second name under which other services reach it.</param>
/// <param name="Image">Image reference.</param>
/// <param name="ReachesStores">Whether it connects to Redis or PostgreSQL.</param>
/// <param name="Ports">Published ports as written in the file.</param>
internal sealed record ComposeService(string Name, string Hostname, string Image, bool ReachesStores, IReadOnlyList<string> Ports);
