namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>An environment variable of a container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Its value: the concatenated parts.</param>
internal sealed record Variable(string Name, IReadOnlyList<ValuePart> Parts)
{
    public static Variable Literal(string name, string value) => new(name, [new TextPart(value)]);

    public static Variable Of(EnvironmentProperty property) => new(property.Name, [new PropertyPart(property)]);

    /// <summary>The property, if it is the whole value; otherwise null.</summary>
    public EnvironmentProperty? Property => Parts is [PropertyPart part] ? part.Property : null;

    /// <summary>The value, if it contains no property; otherwise null.</summary>
    public string? Text => ValuePart.TextOf(Parts);
}

/// <summary>An argument of a container's command.</summary>
/// <param name="Parts">Its value: the concatenated parts.</param>
internal sealed record Argument(IReadOnlyList<ValuePart> Parts)
{
    public static Argument Literal(string value) => new([new TextPart(value)]);

    /// <summary>The value, if it contains no property; otherwise null.</summary>
    public string? Text => ValuePart.TextOf(Parts);
}

/// <summary>Text or a property's value.</summary>
internal abstract record ValuePart
{
    /// <summary>The concatenated parts; null if they contain a property.</summary>
    public static string? TextOf(IReadOnlyList<ValuePart> parts) =>
        parts.All(part => part is TextPart) ? string.Concat(parts.Cast<TextPart>().Select(part => part.Text)) : null;
}

internal sealed record TextPart(string Text) : ValuePart;

internal sealed record PropertyPart(EnvironmentProperty Property) : ValuePart;
