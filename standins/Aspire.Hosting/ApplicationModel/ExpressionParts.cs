using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an expression is collected in: a composite format string and its values.</summary>
internal sealed class ExpressionParts(int literalLength = 0, int valueCount = 0)
{
    public StringBuilder Format { get; } = new(literalLength * 2);

    public List<IValueProvider> Providers { get; } = new(valueCount);

    public List<string> Expressions { get; } = new(valueCount);

    public List<string?> Formats { get; } = new(valueCount);

    public static string? Written(string? value, string? format) => (value, format) switch
    {
        (null, _) or (_, null) => value,
        (_, "uri") => Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not supported in an expression."),
    };

    // Braces are doubled, as in a format string; braces that come doubled already stay as they are.
    public void Literal(string? value)
    {
        for (var i = 0; i < value?.Length; i++)
        {
            Format.Append(value[i]);
            if (value[i] is not ('{' or '}'))
                continue;
            Format.Append(value[i]);
            if (i + 1 < value.Length && value[i + 1] == value[i])
                i++;
        }
    }

    public void Value<T>(T provider, string? format) where T : IValueProvider, IManifestExpressionProvider => Value(provider, provider.ValueExpression, format);

    public void Value(IValueProvider provider, string expression, string? format)
    {
        Format.Append(CultureInfo.InvariantCulture, $"{{{Providers.Count}}}");
        Providers.Add(provider);
        Expressions.Add(expression);
        Formats.Add(format);
    }
}
