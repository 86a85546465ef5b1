using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>
/// Policies are explicit: no action has a wildcard, a comment names the call that needs each action, and a comment explains each
/// <c>Resource: "*"</c>.
/// </summary>
internal static partial class PolicyCheck
{
    public static IEnumerable<string> Problems(Template template) =>
        [
            .. template.Resources.SelectMany(resource =>
                Statements(resource.Value).SelectMany(statement => CheckStatement(resource.Key, statement))),
            .. Unexplained(template),
        ];

    /// <summary>Every statement below a node, including those in policy documents that are JSON text.</summary>
    public static IEnumerable<JsonObject> Statements(JsonNode? node) => node switch
    {
        JsonObject statement when statement.ContainsKey("Effect") => [statement],
        JsonObject map => map.SelectMany(pair => Statements(pair.Value)),
        JsonArray list => list.SelectMany(Statements),
        JsonValue text when text.TryGetValue<string>(out var document) && document.TrimStart().StartsWith('{')
            && document.Contains("\"Statement\"", StringComparison.Ordinal) => Statements(JsonNode.Parse(document)),
        _ => [],
    };

    public static IEnumerable<string> Actions(JsonObject statement) => Texts(statement["Action"]);

    private static IEnumerable<string> CheckStatement(string resource, JsonObject statement)
    {
        if (statement.ContainsKey("NotAction") || statement.ContainsKey("NotResource") || statement.ContainsKey("NotPrincipal"))
            yield return $"{resource}: a statement must not use NotAction, NotResource or NotPrincipal";
        if (statement["Principal"] is JsonValue)
            yield return $"{resource}: has the principal *";
        foreach (var action in Actions(statement).Where(action => action.Contains('*', StringComparison.Ordinal)))
            yield return $"{resource}: {action} has a wildcard";
        if (statement["Principal"] is null && statement["Resource"] is null)
            yield return $"{resource}: a statement has no resource";
        foreach (var name in Texts(statement["Resource"]).Where(name => name != "*" && !IsArn(name)))
            yield return $"{resource}: {name} is not an ARN";
    }

    private static bool IsArn(string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal) || name.StartsWith("${", StringComparison.Ordinal);

    /// <summary>Lines without the required comment; the parsed document has no comments.</summary>
    private static IEnumerable<string> Unexplained(Template template) =>
        template.Text.Split('\n').Where(line => Permission().IsMatch(line)).Select(line => $"no comment explains: {line.Trim()}");

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject when Calls.Function(node) == "Fn::Sub" => [node["Fn::Sub"]!.GetValue<string>()],
        JsonValue text => [text.GetValue<string>()],
        _ => [],
    };

    [GeneratedRegex(@"^\s*- [a-z0-9]+:[A-Z][A-Za-z]+\s*$|^\s*(Resource: |- )\[?[""']\*[""']\]?\s*$")]
    private static partial Regex Permission();
}
