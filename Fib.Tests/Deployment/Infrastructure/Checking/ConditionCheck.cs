using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>For no combination of parameters does a created resource or output refer to a resource that is not created.</summary>
internal sealed class ConditionCheck(Template template)
{
    public static IEnumerable<string> Problems(Template template) => new ConditionCheck(template).Check();

    private IEnumerable<string> Check()
    {
        var conditional = template.Resources.Where(resource => ConditionOf(resource.Value!).Any())
            .ToDictionary(resource => resource.Key, resource => ConditionOf(resource.Value!).Single());
        var uses = (from section in template.Resources.Concat(template.Outputs)
                    let guards = ConditionOf(section.Value!)
                    from use in Uses(section.Value, guards).Concat(Graph.DependsOn(section.Value!).Select(name => new Use(name, guards)))
                    where conditional.ContainsKey(use.Name)
                    select (Section: section.Key, Use: use)).ToList();
        return Combinations().Select(Evaluate).SelectMany(conditions => uses
            .Where(use => use.Use.Guards.All(guard => conditions[guard.Condition] == guard.Holds)
                && !conditions[conditional[use.Use.Name].Condition])
            .Select(use => $"{use.Section} refers to {use.Use.Name}, which is not always created")).Distinct();
    }

    /// <summary>The references below a node, each with the conditions under which it is evaluated.</summary>
    private static IEnumerable<Use> Uses(JsonNode? node, IEnumerable<Guard> guards) => node switch
    {
        JsonObject when Calls.Function(node) == "Fn::If" && node["Fn::If"] is { } choice =>
            [
                .. Uses(choice[1], guards.Append(new Guard(choice[0]!.ToString(), true))),
                .. Uses(choice[2], guards.Append(new Guard(choice[0]!.ToString(), false))),
            ],
        JsonObject when Calls.Function(node) is "Ref" or "Fn::GetAtt" or "Fn::Sub" =>
            Reference.In(node).Select(reference => new Use(reference.Target, [.. guards])),
        JsonObject map => map.SelectMany(pair => Uses(pair.Value, guards)),
        JsonArray list => list.SelectMany(item => Uses(item, guards)),
        _ => [],
    };

    private static IReadOnlyList<Guard> ConditionOf(JsonNode declared) =>
        declared["Condition"] is JsonValue name ? [new Guard(name.GetValue<string>(), true)] : [];

    private Dictionary<string, bool> Evaluate(Dictionary<string, string> parameters) =>
        template.Conditions.ToDictionary(condition => condition.Key, condition => Holds(condition.Value!, parameters));

    private bool Holds(JsonNode condition, Dictionary<string, string> parameters) => Calls.Function(condition) switch
    {
        "Condition" => Holds(template.Conditions[condition["Condition"]!.GetValue<string>()]!, parameters),
        "Fn::Not" => !Holds(condition["Fn::Not"]![0]!, parameters),
        "Fn::And" => condition["Fn::And"]!.AsArray().All(part => Holds(part!, parameters)),
        "Fn::Or" => condition["Fn::Or"]!.AsArray().Any(part => Holds(part!, parameters)),
        "Fn::Equals" => Value(condition["Fn::Equals"]![0]!, parameters) == Value(condition["Fn::Equals"]![1]!, parameters),
        var other => throw new NotSupportedException(other),
    };

    private static string Value(JsonNode node, Dictionary<string, string> parameters) =>
        Calls.Function(node) == "Ref" ? parameters[node["Ref"]!.GetValue<string>()] : node.GetValue<string>();

    /// <summary>All combinations of the parameters in conditions: each allowed value, otherwise an empty and a non-empty one.</summary>
    private IEnumerable<Dictionary<string, string>> Combinations() => Reference.In(template.Conditions)
        .Where(reference => reference.Kind == "Ref").Select(reference => reference.Target).Distinct()
        .Aggregate<string, IEnumerable<Dictionary<string, string>>>([[]], (combinations, name) => combinations.SelectMany(combination =>
            Values(name).Select(value => new Dictionary<string, string>(combination) { [name] = value })));

    private IEnumerable<string> Values(string parameter) =>
        template.Parameters[parameter]?["AllowedValues"]?.AsArray().Select(value => value!.GetValue<string>()) ?? ["", "some"];

    private sealed record Guard(string Condition, bool Holds);

    private sealed record Use(string Name, IReadOnlyList<Guard> Guards);
}
