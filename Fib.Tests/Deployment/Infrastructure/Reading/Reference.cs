using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fib.Tests.Deployment.Infrastructure.Reading;

/// <summary>A reference in a template to a declaration.</summary>
/// <param name="Kind">Ref, GetAtt, Condition or FindInMap.</param>
/// <param name="Target">The name of the declaration.</param>
/// <param name="Detail">GetAtt: the attribute.</param>
internal sealed partial record Reference(string Kind, string Target, string? Detail = null)
{
    /// <summary>Every reference below a node.</summary>
    public static IEnumerable<Reference> In(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } call when ReferencesOf(call) is { } references => references,
        JsonObject map => map.SelectMany(pair => In(pair.Value)),
        JsonArray list => list.SelectMany(In),
        _ => [],
    };

    private static IEnumerable<Reference>? ReferencesOf(JsonObject call)
    {
        var (function, argument) = call.Single();
        return function switch
        {
            "Ref" => [new Reference("Ref", argument!.GetValue<string>())],
            "Condition" when argument is JsonValue => [new Reference("Condition", argument.GetValue<string>())],
            "Fn::GetAtt" => [new Reference("GetAtt", argument![0]!.GetValue<string>(), argument[1]!.GetValue<string>())],
            "Fn::If" => [new Reference("Condition", argument![0]!.GetValue<string>()), .. In(argument[1]), .. In(argument[2])],
            "Fn::FindInMap" => [new Reference("FindInMap", argument![0]!.GetValue<string>()), .. In(argument)],
            "Fn::Sub" => argument is JsonArray
                ? throw new NotSupportedException("Sub with its own map")
                : Substituted(argument!.GetValue<string>()),
            _ => null,
        };
    }

    private static IEnumerable<Reference> Substituted(string text) =>
        Variable().Matches(text).Select(variable => variable.Groups[1].Value.Split('.', 2))
            .Select(parts => parts.Length == 1 ? new Reference("Ref", parts[0]) : new Reference("GetAtt", parts[0], parts[1]));

    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    private static partial Regex Variable();
}
