namespace Fib.Hosting.ElasticBeanstalk.Outputs.Compose;

/// <summary>What another service must have reached before one starts.</summary>
internal sealed record ComposeDependency(string Condition);

internal sealed record ComposeHealthCheck(IReadOnlyList<string> Test, string Interval, string Timeout, int Retries, string StartPeriod);

internal sealed record ComposeLogging(string Driver, IReadOnlyDictionary<string, QuotedText> Options);
