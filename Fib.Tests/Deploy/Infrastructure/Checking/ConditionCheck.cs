using System.Text.Json.Nodes;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure.Checking;

/// <summary>Whatever the parameters say: nothing that is created names something that is not.</summary>
internal sealed class ConditionCheck(Template template)
{
    public static IEnumerable<string> Problems(Template template) => new ConditionCheck(template).Check().Distinct();

    private IEnumerable<string> Check() => Combinations().SelectMany(CheckOne);

    private IEnumerable<string> CheckOne(Dictionary<string, string> parameters)
    {
        var conditions = template.Conditions.ToDictionary(condition => condition.Key, condition => Holds(condition.Value!, parameters));
        bool Exists(JsonNode declared) => declared["Condition"] is not JsonValue name || conditions[name.GetValue<string>()];
        var absent = template.Resources.Where(resource => !Exists(resource.Value!)).Select(resource => resource.Key).ToHashSet();
        return from place in template.Resources.Concat(template.Outputs)
               where Exists(place.Value!)
               from reference in Taken(place.Value, conditions)
               where absent.Contains(reference.Target)
               select $"{place.Key} names {reference.Target} also where there is none";
    }

    private static IEnumerable<Reference> Taken(JsonNode? node, Dictionary<string, bool> conditions) => node switch
    {
        JsonObject when Calls.Function(node) == "Fn::If" => Taken(node["Fn::If"]![conditions[node["Fn::If"]![0]!.GetValue<string>()] ? 1 : 2], conditions),
        JsonObject when Calls.Function(node) is "Ref" or "Fn::GetAtt" or "Fn::Sub" => Reference.In(node),
        JsonObject map => map.SelectMany(pair => Taken(pair.Value, conditions)),
        JsonArray list => list.SelectMany(item => Taken(item, conditions)),
        _ => [],
    };

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

    /// <summary>Each parameter that a condition asks for, with each allowed value, or with none and some.</summary>
    private IEnumerable<Dictionary<string, string>> Combinations() => Reference.In(template.Conditions)
        .Where(reference => reference.Kind == "Ref").Select(reference => reference.Target).Distinct()
        .Aggregate<string, IEnumerable<Dictionary<string, string>>>([[]], (before, name) => before.SelectMany(some => Values(name).Select(value => new Dictionary<string, string>(some) { [name] = value })));

    private IEnumerable<string> Values(string parameter) =>
        template.Parameters[parameter]?["AllowedValues"]?.AsArray().Select(value => value!.GetValue<string>()) ?? ["", "some"];
}
