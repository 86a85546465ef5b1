using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>Every reference has a declaration, every declaration is used, and parameters and outputs have a description.</summary>
internal static class ReferenceCheck
{
    private static readonly string[] Referring = ["Rules", "Conditions", "Resources", "Outputs"];
    private static readonly string[] Declaring = ["Parameters", "Mappings", "Conditions"];
    private static readonly string[] Described = ["Parameters", "Outputs"];

    public static IEnumerable<string> Problems(Template template, Schema schema) =>
        [
            .. Undeclared(template, schema), .. Unmapped(template), .. UnknownDependencies(template), .. Unused(template),
            .. Undescribed(template),
        ];

    private static IEnumerable<string> Undeclared(Template template, Schema schema) =>
        from section in Sections(template)
        from reference in section.References
        where !IsDeclared(template, schema, section.Name, reference)
        let attribute = reference.Detail is null ? "" : $".{reference.Detail}"
        select $"{section.Name}: undeclared {reference.Target}{attribute} ({reference.Kind})";

    private static bool IsDeclared(Template template, Schema schema, string section, Reference reference) => reference.Kind switch
    {
        // Conditions and rules are evaluated before any resource exists.
        "Ref" => template.Parameters.ContainsKey(reference.Target) || Template.Pseudo.Contains(reference.Target)
            || (template.Resources.ContainsKey(reference.Target)
                && !section.StartsWith("Conditions", StringComparison.Ordinal) && !section.StartsWith("Rules", StringComparison.Ordinal)),
        "GetAtt" => template.Resources.ContainsKey(reference.Target)
            && schema.Resource(template.TypeOf(reference.Target)) is { } type
            && type.GetProperty("attributes").TryGetProperty(reference.Detail!, out _),
        "Condition" => template.Conditions.ContainsKey(reference.Target),
        _ => template.Mappings.ContainsKey(reference.Target),
    };

    /// <summary>Keys without a mapping: for a FindInMap whose key is a parameter, each of its allowed values.</summary>
    private static IEnumerable<string> Unmapped(Template template) =>
        from found in Descendants(template.Resources)
            .Where(node => Calls.Function(node) == "Fn::FindInMap").Select(node => node!["Fn::FindInMap"]!.AsArray())
        let keys = Calls.Function(found[1]) == "Ref"
            ? template.Parameters[found[1]!["Ref"]!.GetValue<string>()]?["AllowedValues"]?.AsArray()
                .Select(value => value!.GetValue<string>()) ?? ["(any)"]
            : [found[1]!.GetValue<string>()]
        from key in keys
        where template.Mappings[found[0]!.GetValue<string>()]?[key]?[found[2]!.GetValue<string>()] is null
        select $"{found[0]} has no {found[2]} for {key}";

    private static IEnumerable<string> UnknownDependencies(Template template) =>
        from resource in template.Resources
        from other in Graph.DependsOn(resource.Value!)
        where !template.Resources.ContainsKey(other)
        select $"{resource.Key}: depends on the undeclared {other}";

    private static IEnumerable<string> Unused(Template template)
    {
        var used = Sections(template).SelectMany(section => section.References).Select(reference => reference.Target).ToHashSet();
        return from section in Declaring
               from declared in template.Section(section)
               where !used.Contains(declared.Key)
               select $"{section}: {declared.Key} is not used";
    }

    private static IEnumerable<string> Undescribed(Template template) =>
        from section in Described
        from declared in template.Section(section)
        where declared.Value!["Description"] is null
        select $"{section}: {declared.Key} has no description";

    private static IEnumerable<(string Name, IEnumerable<Reference> References)> Sections(Template template) =>
        from section in Referring
        from declared in template.Section(section)
        select ($"{section}: {declared.Key}", Reference.In(declared.Value).Concat(Condition(declared.Value)));

    /// <summary>The condition of a resource or an output; a map with only a Condition is a function call.</summary>
    private static IEnumerable<Reference> Condition(JsonNode? declared) =>
        declared is JsonObject { Count: > 1 } map && map["Condition"] is JsonValue name
            ? [new Reference("Condition", name.GetValue<string>())]
            : [];

    private static IEnumerable<JsonNode?> Descendants(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Descendants(pair.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Descendants),
        _ => [],
    };
}
