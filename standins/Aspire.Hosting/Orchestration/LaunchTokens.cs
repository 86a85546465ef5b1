namespace Aspire.Hosting.Orchestration;

/// <summary>Text in variables and arguments that is completed for each instance when it starts.</summary>
internal static class LaunchTokens
{
    public const string InstanceId = "{{- instance id -}}";
    public const string ResourceName = "{{- resource name -}}";

    public static string Port(string resource, string endpoint) => $"{{{{- port of {resource}/{endpoint} -}}}}";

    public static string Complete(string text, IReadOnlyDictionary<string, string> values)
    {
        if (!text.Contains("{{-", StringComparison.Ordinal))
            return text;
        foreach (var (token, value) in values)
            text = text.Replace(token, value, StringComparison.Ordinal);
        return text;
    }
}
