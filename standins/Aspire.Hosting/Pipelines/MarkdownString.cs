using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Text that is Markdown.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class MarkdownString(string value)
{
    /// <summary>The text.</summary>
    public string Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <inheritdoc />
    public override string ToString() => Value;
}
