using System.Text.Json.Nodes;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>Intrinsic function calls in their long JSON form.</summary>
internal static class Calls
{
    public static bool IsCall(JsonNode? node) =>
        Function(node) is { } name && (name is "Ref" or "Condition" || name.StartsWith("Fn::", StringComparison.Ordinal));

    public static string? Function(JsonNode? node) => node is JsonObject { Count: 1 } call ? call.Single().Key : null;

    public static bool IsNoValue(JsonNode? node) =>
        Function(node) == "Ref" && node!["Ref"]!.GetValue<string>() == "AWS::NoValue";

    /// <summary>Both values of an If; null for other nodes.</summary>
    public static IEnumerable<JsonNode?>? Choices(JsonNode? node) =>
        Function(node) == "Fn::If" ? [node!["Fn::If"]![1], node["Fn::If"]![2]] : null;

    public static bool MayBeAbsent(JsonNode? node) => IsNoValue(node) || Choices(node)?.Any(MayBeAbsent) == true;
}
