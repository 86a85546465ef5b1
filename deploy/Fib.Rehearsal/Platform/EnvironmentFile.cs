using System.Text;

namespace Fib.Rehearsal.Platform;

/// <summary>The <c>.env</c> that the platform writes beside the compose file: one unquoted <c>KEY=value</c> to a line.</summary>
internal static class EnvironmentFile
{
    /// <summary>Its name.</summary>
    public const string Name = ".env";

    /// <summary>The file's text, in the order of the keys.</summary>
    /// <exception cref="InvalidDataException">A value has a line break, which this file cannot hold.</exception>
    public static string Write(IReadOnlyDictionary<string, string> properties, ComposeGeneration generation)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (value.AsSpan().ContainsAny('\r', '\n'))
                throw new InvalidDataException($"{key} has a line break: {Name} cannot hold it.");
            text.Append(key).Append('=').Append(Escape(value, generation)).Append('\n');
        }

        return text.ToString();
    }

    private static string Escape(string value, ComposeGeneration generation) =>
        generation == ComposeGeneration.Two ? value.Replace("$", "$$", StringComparison.Ordinal) : value;
}
