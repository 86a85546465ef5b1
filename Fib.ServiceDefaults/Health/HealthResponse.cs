using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fib.ServiceDefaults.Health;

/// <summary>The JSON body of <c>/health</c>.</summary>
/// <param name="Status">Healthy, Degraded (both 200) or Unhealthy (503).</param>
/// <param name="Results">Each check by its name.</param>
public sealed record HealthResponse(string Status, IReadOnlyDictionary<string, HealthResponseEntry> Results);

/// <summary>One check of a <see cref="HealthResponse"/>.</summary>
/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
/// <param name="Description">The finding, in one line.</param>
public sealed record HealthResponseEntry(string Status, string? Description);

/// <summary>Serialization without reflection, which Native AOT does not support.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class HealthJson : JsonSerializerContext;
