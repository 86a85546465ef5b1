namespace Fib.Hosting.ElasticBeanstalk.Compose;

/// <summary>The condition of another service under which a service starts.</summary>
/// <param name="Condition"><c>service_started</c>, <c>service_healthy</c> or <c>service_completed_successfully</c>.</param>
public sealed record ComposeDependency(string Condition);

/// <summary>A command that checks whether a container is alive.</summary>
/// <param name="Test"><c>CMD</c>, the program and its arguments.</param>
/// <param name="Interval">The time between two runs, such as <c>5s</c>.</param>
/// <param name="Timeout">The time limit of a run.</param>
/// <param name="Retries">Failures in a row that make it unhealthy.</param>
/// <param name="StartPeriod">The time after the start in which failures do not count.</param>
public sealed record ComposeHealthCheck(IReadOnlyList<string> Test, string Interval, string Timeout, int Retries, string StartPeriod);

/// <summary>A container's logging.</summary>
/// <param name="Driver">The log driver.</param>
/// <param name="Options">Its options.</param>
public sealed record ComposeLogging(string Driver, IReadOnlyDictionary<string, QuotedText> Options);
