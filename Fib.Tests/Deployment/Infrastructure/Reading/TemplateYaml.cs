using System.Text.Json.Nodes;
using Fib.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fib.Tests.Deployment.Infrastructure.Reading;

/// <summary>
/// Converts CloudFormation's YAML to JSON: <c>!Ref a</c> becomes <c>{"Ref": "a"}</c>, <c>!If [...]</c> becomes <c>{"Fn::If": [...]}</c>.
/// </summary>
internal static class TemplateYaml
{
    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Convert(stream.Documents.Single().RootNode)!.AsObject();
    }

    private static JsonNode? Convert(YamlNode node)
    {
        JsonNode? plain = node switch
        {
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair =>
                KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } scalar => YamlTree.ConvertPlain(scalar.Value!),
            YamlScalarNode quoted => JsonValue.Create(quoted.Value),
            _ => throw new NotSupportedException(node.NodeType.ToString()),
        };
        return !node.Tag.IsEmpty && node.Tag.Value.StartsWith('!') && node.Tag.Value.Length > 1 ? Call(node.Tag.Value[1..], plain) : plain;
    }

    private static JsonObject Call(string function, JsonNode? argument) => function switch
    {
        "Ref" or "Condition" => new JsonObject { [function] = argument },
        "GetAtt" when argument is JsonValue => new JsonObject
        {
            ["Fn::GetAtt"] = new JsonArray([.. argument.GetValue<string>().Split('.', 2).Select(part => JsonValue.Create(part))]),
        },
        _ => new JsonObject { [$"Fn::{function}"] = argument },
    };
}
