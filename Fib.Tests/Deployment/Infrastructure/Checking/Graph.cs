using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>The dependencies between resources.</summary>
internal static class Graph
{
    /// <summary>The resources in cycles, or that depend on one; empty if there is no cycle.</summary>
    public static IEnumerable<string> Problems(Template template)
    {
        var remaining = template.Resources.ToDictionary(
            resource => resource.Key, resource => Dependencies(template, resource.Value!).ToHashSet());
        while (remaining.Where(resource => !resource.Value.Any(remaining.ContainsKey)).Select(resource => resource.Key).ToList()
            is { Count: > 0 } ready)
            ready.ForEach(name => remaining.Remove(name));
        return remaining.Count == 0 ? [] : [$"circular dependencies: {string.Join(", ", remaining.Keys.Order())}"];
    }

    public static IEnumerable<string> DependsOn(JsonNode resource) => resource["DependsOn"] switch
    {
        JsonArray several => several.Select(name => name!.GetValue<string>()),
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };

    private static IEnumerable<string> Dependencies(Template template, JsonNode resource) =>
        Reference.In(resource)
            .Where(reference => reference.Kind is "Ref" or "GetAtt" && template.Resources.ContainsKey(reference.Target))
            .Select(reference => reference.Target).Concat(DependsOn(resource));
}
