namespace Fib.ServiceDefaults.Dependencies;

/// <summary>Why an attempt failed, where another part is the cause.</summary>
/// <param name="Dependency">That part.</param>
/// <param name="Reason">One line.</param>
/// <param name="IsRefusal">Whether the part answered, and refused for its own state: that says more than that it does not answer.</param>
public sealed record Outage(Dependency Dependency, string Reason, bool IsRefusal = false);
