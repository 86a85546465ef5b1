using System.Text.Json;
using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>Checks whether a function call returns a list or a scalar, as the property's type requires.</summary>
internal sealed class ValueKinds(Template template, Schema schema)
{
    /// <summary>Whether a call other than If may be a value of the type.</summary>
    public bool Fits(JsonElement type, JsonNode call) => type.GetProperty("type").GetString() switch
    {
        "union" => type.GetProperty("types").EnumerateArray().Any(choice => Fits(choice, call)),
        "array" => ReturnsList(call),
        "ref" or "map" or "tag" => false,
        _ => !ReturnsList(call),
    };

    /// <summary>Every value that a FindInMap may return; null for other calls.</summary>
    public IEnumerable<JsonNode?>? Mapped(JsonNode call) =>
        Calls.Function(call) == "Fn::FindInMap" && call["Fn::FindInMap"] is JsonArray { Count: 3 } found
            ? template.Mappings[found[0]!.GetValue<string>()]?.AsObject().Select(entry => entry.Value![found[2]!.GetValue<string>()]) ?? []
            : null;

    private bool ReturnsList(JsonNode call) => Calls.Function(call) switch
    {
        "Ref" => template.Parameters[call["Ref"]!.GetValue<string>()]?["Type"]?.GetValue<string>() is { } type
            && (type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)),
        "Fn::GetAtt" => Attribute(call["Fn::GetAtt"]!) is { } attribute
            && attribute.GetProperty("type").GetProperty("type").GetString() == "array",
        "Fn::Split" or "Fn::GetAZs" => true,
        _ => false,
    };

    private JsonElement? Attribute(JsonNode reference) =>
        template.Resources.ContainsKey(reference[0]!.GetValue<string>())
        && schema.Resource(template.TypeOf(reference[0]!.GetValue<string>())) is { } type
        && type.GetProperty("attributes").TryGetProperty(reference[1]!.GetValue<string>(), out var attribute) ? attribute : null;
}
