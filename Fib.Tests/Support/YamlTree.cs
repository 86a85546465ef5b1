using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fib.Tests.Support;

/// <summary>YAML as a JSON tree: a scalar in quotes is text, a plain one what it looks like.</summary>
internal static class YamlTree
{
    public static JsonNode Read(string text) => Read(text, ConvertPlain);

    /// <summary>With every scalar as text, which is how Azure Pipelines and its schema see it.</summary>
    public static JsonNode ReadTexts(string text) => Read(text, plain => JsonValue.Create(plain));

    private static JsonNode Read(string text, Func<string, JsonNode?> plain)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Convert(stream.Documents.Single().RootNode, plain)!;
    }

    private static JsonNode? Convert(YamlNode node, Func<string, JsonNode?> plain) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value, plain)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(child => Convert(child, plain))]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => plain(scalar.Value!),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => throw new NotSupportedException(node.NodeType.ToString()),
    };

    /// <summary>What a scalar without quotes stands for.</summary>
    public static JsonValue? ConvertPlain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
