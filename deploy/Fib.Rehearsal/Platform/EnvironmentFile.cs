using System.Text;

namespace Fib.Rehearsal.Platform;

/// <summary>The <c>.env</c> file that the platform writes beside the compose file: one unquoted <c>KEY=value</c> per line.</summary>
internal static class EnvironmentFile
{
    /// <summary>The file's name.</summary>
    public const string Name = ".env";

    /// <summary>The file's text, sorted by key.</summary>
    /// <exception cref="InvalidDataException">A value has a line break, which the format cannot represent.</exception>
    public static string Write(IReadOnlyDictionary<string, string> properties, ComposeVersion version)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (value.AsSpan().ContainsAny('\r', '\n'))
                throw new InvalidDataException($"{key} has a line break, which {Name} cannot represent.");
            text.Append(key).Append('=').Append(Escape(value, version)).Append('\n');
        }

        return text.ToString();
    }

    private static string Escape(string value, ComposeVersion version) =>
        version == ComposeVersion.V2 ? value.Replace("$", "$$", StringComparison.Ordinal) : value;
}
