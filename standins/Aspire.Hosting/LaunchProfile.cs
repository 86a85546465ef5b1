using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>One way to launch a project.</summary>
public sealed class LaunchProfile
{
    /// <summary>What the profile starts; only <c>Project</c> is used.</summary>
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    /// <summary>The arguments, as one line.</summary>
    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    /// <summary>The URLs to listen on, separated by semicolons.</summary>
    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    /// <summary>The variables to set.</summary>
    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];
}
