using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>A project's launchSettings.json.</summary>
public sealed class LaunchSettings
{
    /// <summary>The profiles by name, in the file's order.</summary>
    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];
}
