using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fib.Tests.Support;

/// <summary>
/// The subset of JSON Schema draft 7 that the schemas of compose and Azure Pipelines use. An unsupported keyword is an error.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> Annotations =
    [
        "$schema", "$id", "title", "description", "default", "deprecated", "definitions", "format", "examples",
        // Hints of Azure Pipelines' schema for editors.
        "$comment", "aliases", "deprecationMessage", "doNotSuggest", "firstProperty", "ignoreCase",
    ];

    private readonly JsonObject _root;
    private readonly bool _scalarsAreTexts;

    private JsonSchema(JsonObject root, bool scalarsAreTexts) => (_root, _scalarsAreTexts) = (root, scalarsAreTexts);

    /// <param name="text">The schema.</param>
    /// <param name="scalarsAreTexts">Whether documents contain numbers, true and false as text.</param>
    public static JsonSchema Read(string text, bool scalarsAreTexts = false) => new(JsonNode.Parse(text)!.AsObject(), scalarsAreTexts);

    /// <summary>One line for each violation of the schema, with its path.</summary>
    public IReadOnlyList<string> Check(JsonNode document) => [.. Check(_root, document, "")];

    /// <summary>One line for each violation of one of the schema's definitions.</summary>
    public IReadOnlyList<string> Check(JsonNode document, string definition) =>
        [.. Check(_root["definitions"]![definition]!, document, "")];

    private IEnumerable<string> Check(JsonNode schema, JsonNode? value, string path)
    {
        if (schema is JsonValue always)
            return always.GetValue<bool>() ? [] : [$"{path}: not allowed"];
        var node = schema.AsObject();
        return node["$ref"] is { } reference
            ? Check(Find(reference.GetValue<string>()), value, path)
            : node.SelectMany(keyword => Check(node, keyword.Key, keyword.Value!, value, path));
    }

    private IEnumerable<string> Check(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string path) => keyword switch
    {
        "type" => Allowed(rule).Any(type => Is(value, type)) ? [] : [$"{path}: must be {rule.ToJsonString()}"],
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value))
            ? []
            : [$"{path}: must be one of {rule.ToJsonString()}"],
        "oneOf" => rule.AsArray().Count(choice => !Check(choice!, value, path).Any()) == 1
            ? []
            : [$"{path}: must be exactly one of {rule.AsArray().Count} choices"],
        "anyOf" => Any(rule.AsArray(), value, path),
        "minProperties" => value is JsonObject few && few.Count < rule.GetValue<int>()
            ? [$"{path}: must have at least {rule} members"]
            : [],
        "required" => rule.AsArray().Select(name => name!.GetValue<string>())
            .Where(name => value is JsonObject known && !known.ContainsKey(name))
            .Select(name => $"{path}: lacks {name}"),
        "properties" or "patternProperties" or "additionalProperties" =>
            keyword == FirstOfProperties(schema) && value is JsonObject known ? CheckProperties(schema, known, path) : [],
        "items" => value is JsonArray items ? items.SelectMany((item, position) => Check(rule, item, $"{path}[{position}]")) : [],
        "uniqueItems" => value is JsonArray several && several.Select(item => item?.ToJsonString()).Distinct().Count() < several.Count
            ? [$"{path}: repeats an item"]
            : [],
        "pattern" => value is JsonValue text && Is(text, "string") && !Regex.IsMatch(text.GetValue<string>(), rule.GetValue<string>())
            ? [$"{path}: must match {rule}"]
            : [],
        "minimum" => Is(value, "number") && value!.GetValue<long>() < rule.GetValue<long>() ? [$"{path}: must be at least {rule}"] : [],
        "maximum" => Is(value, "number") && value!.GetValue<long>() > rule.GetValue<long>() ? [$"{path}: must be at most {rule}"] : [],
        _ when Annotations.Contains(keyword) => [],
        _ => throw new NotSupportedException($"The schema uses {keyword}."),
    };

    /// <summary>Nothing if the value matches one choice; else the violations of the choice with the fewest.</summary>
    private List<string> Any(JsonArray choices, JsonNode? value, string path) =>
        choices.Select(choice => Check(choice!, value, path).ToList()).MinBy(problems => problems.Count) ?? [];

    private static string FirstOfProperties(JsonObject schema) =>
        schema.Select(keyword => keyword.Key).First(key => key is "properties" or "patternProperties" or "additionalProperties");

    private IEnumerable<string> CheckProperties(JsonObject schema, JsonObject value, string path)
    {
        foreach (var (name, inner) in value)
        {
            var rules = RulesFor(schema, name).ToList();
            if (rules.Count == 0 && schema["additionalProperties"] is { } others)
                rules.Add(others);
            foreach (var problem in rules.SelectMany(rule => Check(rule, inner, $"{path}/{name}")))
                yield return problem;
        }
    }

    private static IEnumerable<JsonNode> RulesFor(JsonObject schema, string name)
    {
        if (schema["properties"]?[name] is { } own)
            yield return own;
        foreach (var (pattern, rule) in schema["patternProperties"]?.AsObject() ?? [])
        {
            if (Regex.IsMatch(name, pattern))
                yield return rule!;
        }
    }

    private static IEnumerable<string> Allowed(JsonNode rule) =>
        rule is JsonArray several ? several.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private bool Is(JsonNode? value, string type) => (value?.GetValueKind(), type) switch
    {
        (JsonValueKind.String, "boolean") => _scalarsAreTexts && value!.GetValue<string>() is ("true" or "false"),
        (JsonValueKind.String, "number" or "integer") => _scalarsAreTexts && long.TryParse(value!.GetValue<string>(), out _),
        (null or JsonValueKind.Null, "null") => true,
        (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") => true,
        (JsonValueKind.Number, "number" or "integer") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
        _ => false,
    };

    private JsonNode Find(string reference) => reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate((JsonNode)_root, (node, name) => node[name]!);
}
