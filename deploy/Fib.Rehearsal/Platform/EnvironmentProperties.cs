using System.Text.RegularExpressions;

namespace Fib.Rehearsal.Platform;

/// <summary>Environment properties as an operator enters them, and Beanstalk's documented limits for them.</summary>
internal static partial class EnvironmentProperties
{
    private const int MaxKeyLength = 128;
    private const int MaxValueLength = 256;
    private const int MaxTotalBytes = 4_096;

    /// <summary>Parses <c>KEY=value</c> lines; skips empty lines and those that start with <c>#</c>.</summary>
    /// <exception cref="InvalidDataException">A line has no key or no <c>=</c>; the message has its number.</exception>
    public static Dictionary<string, string> Parse(string text)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, line) in text.Split('\n').Select(line => line.TrimEnd('\r')).Index())
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new InvalidDataException($"Line {number + 1} of the properties is not KEY=value.");
            properties[line[..equals]] = line[(equals + 1)..];
        }

        return properties;
    }

    /// <summary>
    /// One sentence for each property that a container may receive changed or not at all. Values may be secret, so no sentence has
    /// one.
    /// </summary>
    public static IEnumerable<string> Warnings(IReadOnlyDictionary<string, string> properties)
    {
        foreach (var (key, value) in properties)
        {
            if (!ValidKey().IsMatch(key) || key.Length > MaxKeyLength)
                yield return $"{key}: a key has at most {MaxKeyLength} characters of A-Z, 0-9 and _, and does not start with a digit.";
            if (value.Length > MaxValueLength)
                yield return $"{key}: its value has {value.Length} characters; the documented limit is {MaxValueLength}.";
            if (UndocumentedCharacter().Match(value) is { Success: true } match)
                yield return $"{key}: its value has '{match.Value}', which is not a documented character " +
                    "(letters, digits, blanks and _ . : / = + \\ - @ ' \").";
            if (value.StartsWith('\'') || value.StartsWith('"') || value.Trim() != value)
                yield return $"{key}: compose removes quotes and blanks at the ends of a value, " +
                    "and reads the following lines as part of an unclosed quote.";
        }

        var total = properties.Sum(property => property.Key.Length + property.Value.Length + 2);
        if (total > MaxTotalBytes)
            yield return $"All properties together have {total} bytes; the documented limit is {MaxTotalBytes}.";
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]*$")]
    private static partial Regex ValidKey();

    [GeneratedRegex("""[^\p{L}\p{Nd}\s_.:/=+\\\-@'"]""")]
    private static partial Regex UndocumentedCharacter();
}
