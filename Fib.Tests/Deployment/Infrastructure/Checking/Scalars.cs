using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fib.Tests.Deployment.Infrastructure.Checking;

/// <summary>Literal values. CloudFormation converts "5" to 5 and "true" to true, and vice versa.</summary>
internal static class Scalars
{
    public static bool Fits(JsonElement type, JsonNode value)
    {
        if (value is not JsonValue scalar)
            return false;
        var text = scalar.ToString();
        return IsAllowed(type, text) && type.GetProperty("type").GetString() switch
        {
            "boolean" => text is "true" or "false",
            "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
    }

    /// <summary>A text that lists the allowed values; empty if the type allows any.</summary>
    public static string Allowed(JsonElement type) =>
        type.TryGetProperty("allowedValues", out var allowed) ? $", one of {allowed.GetRawText()}" : "";

    private static bool IsAllowed(JsonElement type, string text) =>
        !type.TryGetProperty("allowedValues", out var allowed) || allowed.EnumerateArray().Any(value => value.ToString() == text);
}
