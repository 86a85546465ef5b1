using System.Text.Json.Nodes;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure.Checking;

/// <summary>Which resource waits for which.</summary>
internal static class Graph
{
    /// <summary>The resources of each cycle, or nothing.</summary>
    public static IEnumerable<string> Problems(Template template)
    {
        var waiting = template.Resources.ToDictionary(resource => resource.Key, resource => Needs(template, resource.Value!).ToHashSet());
        while (waiting.Where(resource => !resource.Value.Any(waiting.ContainsKey)).Select(resource => resource.Key).ToList() is { Count: > 0 } ready)
            ready.ForEach(name => waiting.Remove(name));
        return waiting.Count == 0 ? [] : [$"wait for each other: {string.Join(", ", waiting.Keys.Order())}"];
    }

    public static IEnumerable<string> DependsOn(JsonNode resource) => resource["DependsOn"] switch
    {
        JsonArray several => several.Select(name => name!.GetValue<string>()),
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };

    private static IEnumerable<string> Needs(Template template, JsonNode resource) =>
        Reference.In(resource).Where(reference => reference.Kind is "Ref" or "GetAtt" && template.Resources.ContainsKey(reference.Target)).Select(reference => reference.Target).Concat(DependsOn(resource));
}
