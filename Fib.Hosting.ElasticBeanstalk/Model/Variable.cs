namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>An environment variable of a container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Its value: the parts one after the other.</param>
internal sealed record Variable(string Name, IReadOnlyList<ValuePart> Parts)
{
    public static Variable Literal(string name, string value) => new(name, [new TextPart(value)]);

    public static Variable Of(EnvironmentProperty property) => new(property.Name, [new PropertyPart(property)]);

    /// <summary>The property that is the whole value, or null.</summary>
    public EnvironmentProperty? Property => Parts is [PropertyPart part] ? part.Property : null;

    /// <summary>The whole value where no property is in it, or null.</summary>
    public string? Text => ValuePart.TextOf(Parts);
}

/// <summary>An argument of a container's command.</summary>
/// <param name="Parts">Its value: the parts one after the other.</param>
internal sealed record Argument(IReadOnlyList<ValuePart> Parts)
{
    public static Argument Literal(string value) => new([new TextPart(value)]);

    /// <summary>The whole value where no property is in it, or null.</summary>
    public string? Text => ValuePart.TextOf(Parts);
}

/// <summary>Text or a property's value.</summary>
internal abstract record ValuePart
{
    /// <summary>The parts as one text, or null where a property is among them.</summary>
    public static string? TextOf(IReadOnlyList<ValuePart> parts) =>
        parts.All(part => part is TextPart) ? string.Concat(parts.Cast<TextPart>().Select(part => part.Text)) : null;
}

internal sealed record TextPart(string Text) : ValuePart;

internal sealed record PropertyPart(EnvironmentProperty Property) : ValuePart;
