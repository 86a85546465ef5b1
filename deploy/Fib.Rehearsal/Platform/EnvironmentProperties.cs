using System.Text.RegularExpressions;

namespace Fib.Rehearsal.Platform;

/// <summary>Environment properties as an operator types them, and the documented limits of what Beanstalk takes.</summary>
internal static partial class EnvironmentProperties
{
    private const int LongestKey = 128;
    private const int LongestValue = 256;
    private const int LargestTotal = 4_096;

    /// <summary>Reads <c>KEY=value</c> lines; empty ones and those that start with <c>#</c> count for nothing.</summary>
    /// <exception cref="InvalidDataException">A line has no <c>=</c>; the message has its number.</exception>
    public static Dictionary<string, string> Parse(string text)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in text.Split('\n').Select(line => line.TrimEnd('\r')).Index())
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            properties[equals > 0 ? line[..equals] : throw new InvalidDataException($"Line {number + 1} of the properties is not KEY=value.")] = line[(equals + 1)..];
        }

        return properties;
    }

    /// <summary>What may arrive otherwise than typed, one sentence to each; the values themselves, which may be secret, are not in it.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyDictionary<string, string> properties)
    {
        foreach (var (key, value) in properties)
        {
            if (!Keys().IsMatch(key) || key.Length > LongestKey)
                yield return $"{key}: a key is up to {LongestKey} of A-Z, 0-9 and _, and starts with no digit.";
            if (value.Length > LongestValue)
                yield return $"{key}: its value has {value.Length} characters, and {LongestValue} are documented.";
            if (Undocumented().Match(value) is { Success: true } match)
                yield return $"{key}: its value has '{match.Value}', which is outside the documented characters (letters, digits, blanks and _ . : / = + \\ - @ ' \").";
            if (value.StartsWith('\'') || value.StartsWith('"') || value.Trim() != value)
                yield return $"{key}: compose takes quotes and blanks off the ends of a value, and an unclosed quote swallows the lines after it.";
        }

        var total = properties.Sum(property => property.Key.Length + property.Value.Length + 2);
        if (total > LargestTotal)
            yield return $"All properties together have {total} bytes, and {LargestTotal} are documented.";
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]*$")]
    private static partial Regex Keys();

    [GeneratedRegex("""[^\p{L}\p{Nd}\s_.:/=+\\\-@'"]""")]
    private static partial Regex Undocumented();
}
