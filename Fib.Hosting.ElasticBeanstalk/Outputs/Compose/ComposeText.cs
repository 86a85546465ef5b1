using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

/// <summary>Values in compose's interpolation syntax.</summary>
internal static class ComposeText
{
    /// <summary>A value: text as it is, properties as placeholders.</summary>
    public static string Of(IReadOnlyList<ValuePart> parts) => string.Concat(parts.Select(part => part switch
    {
        TextPart text => Escape(text.Text),
        PropertyPart { Property: var property } => Placeholder(property),
        _ => throw new ArgumentOutOfRangeException(nameof(parts)),
    }));

    /// <summary>A dollar sign that stands for itself.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Ends the start where a required property is missing or empty; compose 1.29 shows the message and not the name.</summary>
    private static string Placeholder(EnvironmentProperty property) => property.Default is { } value
        ? $"${{{property.Name}:-{value}}}"
        : $"${{{property.Name}:?{property.Name} must be {property.Description}}}";
}
