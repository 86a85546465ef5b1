namespace Fib.Hosting.ElasticBeanstalk.Compose;

/// <summary>Text that is written in quotes, so that it is always read as text.</summary>
/// <param name="Text">The text.</param>
public sealed record QuotedText(string Text)
{
    /// <summary>Quotes a text.</summary>
    public static implicit operator QuotedText(string text) => new(text);
}
