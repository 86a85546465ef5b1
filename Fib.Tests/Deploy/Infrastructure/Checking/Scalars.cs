using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fib.Tests.Deploy.Infrastructure.Checking;

/// <summary>Literal values; CloudFormation takes "5" for 5 and "true" for true, and the other way round.</summary>
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

    /// <summary>The allowed values in words, where there is a list of them.</summary>
    public static string Allowed(JsonElement type) => type.TryGetProperty("allowedValues", out var allowed) ? $" of {allowed.GetRawText()}" : "";

    private static bool IsAllowed(JsonElement type, string text) =>
        !type.TryGetProperty("allowedValues", out var allowed) || allowed.EnumerateArray().Any(value => value.ToString() == text);
}
