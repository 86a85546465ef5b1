using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with values in it that become known later: evaluated in run mode, symbolic for publishers.</summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>An expression without text.</summary>
    public static readonly ReferenceExpression Empty = Create($"");

    private readonly string _name = "";

    internal ReferenceExpression(ExpressionParts parts)
    {
        Format = parts.Format.ToString();
        ValueProviders = [.. parts.Providers];
        ManifestExpressions = [.. parts.Expressions];
        StringFormats = [.. parts.Formats];
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) : this(new ExpressionParts())
    {
        (Condition, MatchValue, WhenTrue, WhenFalse) = (condition, matchValue, whenTrue, whenFalse);
        _name = ConditionName.Of(condition, whenTrue, whenFalse, matchValue);
    }

    /// <summary>The text, a composite format string over <see cref="ValueProviders"/>.</summary>
    public string Format { get; }

    /// <summary>The values in it.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>The symbolic form of each value.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>How each value is written: none, or <c>uri</c> for percent-encoding.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>Whether it is a choice between two expressions.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>The value a choice depends on.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>The value of <see cref="Condition"/> that chooses <see cref="WhenTrue"/>, regardless of case.</summary>
    public string? MatchValue { get; }

    /// <summary>The choice on a match.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>The choice otherwise.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <inheritdoc />
    public string ValueExpression => IsConditional
        ? $"{{{_name}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References => IsConditional
        ? [Condition!, .. (Condition as IValueWithReferences)?.References ?? [], WhenTrue!, WhenFalse!]
        : ValueProviders;

    /// <summary>Makes an expression of an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Build();

    /// <summary>Makes a choice between two expressions.</summary>
    public static ReferenceExpression CreateConditional(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) =>
        new(condition, matchValue, whenTrue, whenFalse);

    /// <summary>The text with every value in place; null for an expression without text.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <summary>The text with every value in place; null for an expression without text.</summary>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (Condition is not null)
        {
            var value = await Condition.GetValueAsync(context, cancellationToken);
            var chosen = string.Equals(value, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue! : WhenFalse!;
            return await chosen.GetValueAsync(context, cancellationToken);
        }
        if (Format.Length == 0)
            return null;
        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ExpressionParts.Written(await ValueProviders[i].GetValueAsync(context, cancellationToken), StringFormats[i]);
        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    /// <summary>Collects an interpolated string.</summary>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly ExpressionParts _parts = new(literalLength, formattedCount);

        /// <summary>Adds text.</summary>
        public readonly void AppendLiteral(string value) => _parts.Literal(value);

        /// <summary>Adds text.</summary>
        public readonly void AppendFormatted(string? value) => _parts.Literal(value);

        /// <summary>Adds text, percent-encoded for the format <c>uri</c>.</summary>
        public readonly void AppendFormatted(string? value, string? format = null) => _parts.Literal(ExpressionParts.Written(value, format));

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, null);

        /// <summary>Adds a value, percent-encoded for the format <c>uri</c>.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider, format);

        /// <summary>Refused: write out the inner expression instead.</summary>
        [Obsolete("An expression cannot be formatted; format the values in it.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();

        /// <summary>Adds a resource's value.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider.Resource, null);

        /// <summary>Adds a resource's value, percent-encoded for the format <c>uri</c>.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider.Resource, format);

        internal readonly ReferenceExpression Build() => new(_parts);
    }
}
