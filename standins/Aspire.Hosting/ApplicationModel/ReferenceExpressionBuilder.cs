using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Puts an expression together piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly ExpressionParts _parts = new();

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _parts.Format.Length == 0;

    /// <summary>Adds an interpolated string.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The handler has written to this builder before the call.")]
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler) => _ = handler;

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string value) => _parts.Literal(value);

    /// <summary>Adds text.</summary>
    public void AppendFormatted(string? value) => _parts.Literal(value);

    /// <summary>Adds text, percent-encoded for the format <c>uri</c>.</summary>
    public void AppendFormatted(string? value, string? format = null) => _parts.Literal(ExpressionParts.Written(value, format));

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, null);

    /// <summary>Adds a value, percent-encoded for the format <c>uri</c>.</summary>
    public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, format);

    /// <summary>Refused: write out the inner expression instead.</summary>
    [Obsolete("An expression cannot be formatted; format the values in it.", error: true)]
    public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();

    /// <summary>Makes the expression of what was added.</summary>
    public ReferenceExpression Build() => new(_parts);

    /// <summary>Adds an interpolated string to a builder.</summary>
    [InterpolatedStringHandler]
    public ref struct ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
    {
        private readonly ExpressionParts _parts = builder.Reserve(literalLength, formattedCount);

        /// <summary>Adds text.</summary>
        public readonly void AppendLiteral(string value) => _parts.Literal(value);

        /// <summary>Adds text.</summary>
        public readonly void AppendFormatted(string? value) => _parts.Literal(value);

        /// <summary>Adds text, percent-encoded for the format <c>uri</c>.</summary>
        public readonly void AppendFormatted(string? value, string format) => _parts.Literal(ExpressionParts.Written(value, format));

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, null);

        /// <summary>Adds a value, percent-encoded for the format <c>uri</c>.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format) where T : IValueProvider, IManifestExpressionProvider => _parts.Value(valueProvider, format);

        /// <summary>Refused: write out the inner expression instead.</summary>
        [Obsolete("An expression cannot be formatted; format the values in it.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();

        /// <summary>Adds a resource's value.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider.Resource, null);

        /// <summary>Adds a resource's value, percent-encoded for the format <c>uri</c>.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Value(valueProvider.Resource, format);
    }

    private ExpressionParts Reserve(int literalLength, int formattedCount)
    {
        _parts.Format.EnsureCapacity(_parts.Format.Length + literalLength);
        _parts.Providers.EnsureCapacity(_parts.Providers.Count + formattedCount);
        return _parts;
    }
}
