using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

/// <summary>Values in compose's interpolation syntax.</summary>
internal static class ComposeText
{
    /// <summary>A value: escaped text, and properties as placeholders.</summary>
    public static string Of(IReadOnlyList<ValuePart> parts) => string.Concat(parts.Select(part => part switch
    {
        TextPart text => Escape(text.Text),
        PropertyPart { Property: var property } => Placeholder(property),
        _ => throw new ArgumentOutOfRangeException(nameof(parts)),
    }));

    /// <summary>Escapes dollar signs.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>
    /// Compose fails if a required property is missing or empty. Compose 1.29 shows only the message, so it repeats the name.
    /// </summary>
    private static string Placeholder(EnvironmentProperty property) => property.Default is { } value
        ? $"${{{property.Name}:-{value}}}"
        : $"${{{property.Name}:?{property.Name} must be {property.Description}}}";
}
