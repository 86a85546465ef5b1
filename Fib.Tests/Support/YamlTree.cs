using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fib.Tests.Support;

/// <summary>Reads YAML as a JSON tree: a quoted scalar is text, a plain one is null, a boolean, a number or text.</summary>
internal static class YamlTree
{
    public static JsonNode Read(string text) => Read(text, ConvertPlain);

    /// <summary>Reads every scalar as text, as Azure Pipelines and its schema do.</summary>
    public static JsonNode ReadTexts(string text) => Read(text, plain => JsonValue.Create(plain));

    private static JsonNode Read(string text, Func<string, JsonNode?> plain)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Convert(stream.Documents.Single().RootNode, plain)!;
    }

    private static JsonNode? Convert(YamlNode node, Func<string, JsonNode?> plain) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value, plain)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(child => Convert(child, plain))]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => plain(scalar.Value!),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => throw new NotSupportedException(node.NodeType.ToString()),
    };

    /// <summary>The value of a scalar without quotes.</summary>
    public static JsonValue? ConvertPlain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
