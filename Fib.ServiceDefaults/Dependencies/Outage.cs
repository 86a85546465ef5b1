namespace Fib.ServiceDefaults.Dependencies;

/// <summary>Why an attempt failed, where another part is the cause.</summary>
/// <param name="Dependency">That part.</param>
/// <param name="Reason">One line.</param>
public sealed record Outage(Dependency Dependency, string Reason);
