using System.Text.Json;
using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>Every resource has a known type, only known properties at every level, and all required properties.</summary>
internal sealed class PropertyCheck(Template template, Schema schema)
{
    private static readonly HashSet<string> ResourceAttributes =
    [
        "Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy",
        "Metadata",
    ];

    private readonly ValueKinds _kinds = new(template, schema);

    public static IEnumerable<string> Problems(Template template, Schema schema) => new PropertyCheck(template, schema).Check();

    private IEnumerable<string> Check() =>
        template.Resources.SelectMany(resource => CheckResource(resource.Key, resource.Value!.AsObject()));

    private IEnumerable<string> CheckResource(string name, JsonObject resource)
    {
        foreach (var (attribute, _) in resource.Where(attribute => !ResourceAttributes.Contains(attribute.Key)))
            yield return $"{name}: {attribute} is not a resource attribute";
        var type = template.TypeOf(name);
        if (schema.Resource(type) is not { } known)
        {
            yield return $"{name}: unknown type {type}";
            yield break;
        }

        foreach (var problem in CheckProperties(known.GetProperty("properties"), template.Properties(name), name))
            yield return problem;
    }

    private IEnumerable<string> CheckProperties(JsonElement properties, JsonObject values, string path)
    {
        var required = properties.EnumerateObject().Where(property => IsRequired(property.Value)).Select(property => property.Name);
        foreach (var name in required.Where(name => values[name] is not { } value || Calls.MayBeAbsent(value)))
            yield return $"{path}: lacks {name}";
        foreach (var (name, value) in values)
        {
            var problems = properties.TryGetProperty(name, out var property)
                ? CheckValue(property.GetProperty("type"), value, $"{path}.{name}")
                : [$"{path}: unknown property {name}"];
            foreach (var problem in problems)
                yield return problem;
        }
    }

    private IEnumerable<string> CheckValue(JsonElement type, JsonNode? value, string path) => value switch
    {
        null => [$"{path}: is empty"],
        _ when Calls.IsNoValue(value) => [],
        _ when Calls.Choices(value) is { } choices => choices.SelectMany(choice => CheckValue(type, choice, path)),
        _ when _kinds.Mapped(value) is { } mapped => mapped.SelectMany(each => CheckValue(type, each, path)),
        _ when Calls.IsCall(value) => _kinds.Fits(type, value) ? [] : [$"{path}: {value.ToJsonString()} is not of type {Name(type)}"],
        _ => CheckLiteral(type, value, path),
    };

    private IEnumerable<string> CheckLiteral(JsonElement type, JsonNode value, string path) => Name(type) switch
    {
        "ref" => value is JsonObject part
            ? CheckProperties(schema.Definition(type).GetProperty("properties"), part, path)
            : [$"{path}: must be a map"],
        "array" => value is JsonArray list
            ? list.SelectMany((item, position) => CheckValue(type.GetProperty("element"), item, $"{path}[{position}]"))
            : [$"{path}: must be a list"],
        "map" => value is JsonObject map
            ? map.SelectMany(pair => CheckValue(type.GetProperty("element"), pair.Value, $"{path}.{pair.Key}"))
            : [$"{path}: must be a map"],
        "tag" => value is JsonObject tag && tag.Select(pair => pair.Key).Order().SequenceEqual(["Key", "Value"])
            ? []
            : [$"{path}: must have Key and Value"],
        "union" => type.GetProperty("types").EnumerateArray().Any(choice => !CheckValue(choice, value, path).Any())
            ? []
            : [$"{path}: is not of an allowed type"],
        "json" => value is JsonObject ? [] : [$"{path}: must be a map"],
        _ => Scalars.Fits(type, value) ? [] : [$"{path}: '{value}' is not of type {Name(type)}{Scalars.Allowed(type)}"],
    };

    private static bool IsRequired(JsonElement property) => property.TryGetProperty("required", out var required) && required.GetBoolean();

    private static string Name(JsonElement type) => type.GetProperty("type").GetString()!;
}
