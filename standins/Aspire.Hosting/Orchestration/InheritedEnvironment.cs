using System.Collections;

namespace Aspire.Hosting.Orchestration;

/// <summary>The variables a resource gets from the app host's own environment: all but those that say how the app host itself runs.</summary>
internal static class InheritedEnvironment
{
    private static readonly HashSet<string> Own = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> variables)
    {
        var all = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(v => !Own.Contains((string)v.Key)).ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
        foreach (var (name, value) in variables)
            all[name] = value;
        return all;
    }
}
