using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure.Checking;

/// <summary>Rights are spelled out: no action with a wildcard, every action with the call that needs it, all resources only where a comment says why.</summary>
internal static partial class PolicyCheck
{
    public static IEnumerable<string> Problems(Template template) =>
        [.. template.Resources.SelectMany(resource => Statements(resource.Value).SelectMany(statement => CheckStatement(resource.Key, statement))), .. Unexplained(template)];

    /// <summary>Every statement below a node, in documents of text too.</summary>
    public static IEnumerable<JsonObject> Statements(JsonNode? node) => node switch
    {
        JsonObject statement when statement.ContainsKey("Effect") => [statement],
        JsonObject map => map.SelectMany(pair => Statements(pair.Value)),
        JsonArray list => list.SelectMany(Statements),
        JsonValue text when text.TryGetValue<string>(out var document) && document.TrimStart().StartsWith('{') && document.Contains("\"Statement\"", StringComparison.Ordinal) => Statements(JsonNode.Parse(document)),
        _ => [],
    };

    public static IEnumerable<string> Actions(JsonObject statement) => Texts(statement["Action"]);

    private static IEnumerable<string> CheckStatement(string resource, JsonObject statement)
    {
        if (statement.ContainsKey("NotAction") || statement.ContainsKey("NotResource") || statement.ContainsKey("NotPrincipal"))
            yield return $"{resource}: a statement must not say what it leaves out";
        if (statement["Principal"] is JsonValue)
            yield return $"{resource}: trusts everybody";
        foreach (var action in Actions(statement).Where(action => action.Contains('*', StringComparison.Ordinal)))
            yield return $"{resource}: {action} is more than one action";
        if (statement["Principal"] is null && statement["Resource"] is null)
            yield return $"{resource}: a statement names no resource";
        foreach (var everything in Texts(statement["Resource"]).Where(everything => everything != "*" && !everything.StartsWith("arn:", StringComparison.Ordinal) && !everything.StartsWith("${", StringComparison.Ordinal)))
            yield return $"{resource}: {everything} is no ARN";
    }

    /// <summary>Comments are no part of the parsed document.</summary>
    private static IEnumerable<string> Unexplained(Template template) =>
        template.Text.Split('\n').Where(line => Right().IsMatch(line)).Select(line => $"without a reason beside it: {line.Trim()}");

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject when Calls.Function(node) == "Fn::Sub" => [node["Fn::Sub"]!.GetValue<string>()],
        JsonValue text => [text.GetValue<string>()],
        _ => [],
    };

    [GeneratedRegex(@"^\s*- [a-z0-9]+:[A-Z][A-Za-z]+\s*$|^\s*(Resource: |- )\[?[""']\*[""']\]?\s*$")]
    private static partial Regex Right();
}
