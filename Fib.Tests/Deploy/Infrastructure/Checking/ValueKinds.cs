using System.Text.Json;
using System.Text.Json.Nodes;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure.Checking;

/// <summary>Whether what a function gives is a list or not, as its place needs it.</summary>
internal sealed class ValueKinds(Template template, Schema schema)
{
    /// <summary>Whether a call (no If) may stand where the type is wanted.</summary>
    public bool Fits(JsonElement type, JsonNode call) => type.GetProperty("type").GetString() switch
    {
        "union" => type.GetProperty("types").EnumerateArray().Any(choice => Fits(choice, call)),
        "array" => GivesList(call),
        "ref" or "map" or "tag" => false,
        _ => !GivesList(call),
    };

    /// <summary>Every value that a FindInMap may give; null for other calls.</summary>
    public IEnumerable<JsonNode?>? Mapped(JsonNode call) => Calls.Function(call) == "Fn::FindInMap" && call["Fn::FindInMap"] is JsonArray { Count: 3 } found
        ? template.Mappings[found[0]!.GetValue<string>()]?.AsObject().Select(entry => entry.Value![found[2]!.GetValue<string>()]) ?? []
        : null;

    private bool GivesList(JsonNode call) => Calls.Function(call) switch
    {
        "Ref" => template.Parameters[call["Ref"]!.GetValue<string>()]?["Type"]?.GetValue<string>() is { } type && (type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)),
        "Fn::GetAtt" => Attribute(call["Fn::GetAtt"]!) is { } attribute && attribute.GetProperty("type").GetProperty("type").GetString() == "array",
        "Fn::Split" or "Fn::GetAZs" => true,
        _ => false,
    };

    private JsonElement? Attribute(JsonNode named) =>
        template.Resources.ContainsKey(named[0]!.GetValue<string>())
        && schema.Resource(template.TypeOf(named[0]!.GetValue<string>())) is { } type
        && type.GetProperty("attributes").TryGetProperty(named[1]!.GetValue<string>(), out var attribute) ? attribute : null;
}
