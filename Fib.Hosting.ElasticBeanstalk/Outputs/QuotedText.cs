namespace Fib.Hosting.ElasticBeanstalk.Outputs;

/// <summary>Text that must not be read as anything else, so it is written in quotes.</summary>
internal sealed record QuotedText(string Text);
