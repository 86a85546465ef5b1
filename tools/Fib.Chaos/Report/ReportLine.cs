namespace Fib.Chaos.Report;

/// <summary>One line of the report.</summary>
/// <param name="Name">What was checked or measured.</param>
/// <param name="Value">The result.</param>
/// <param name="Holds">Whether the checked invariant holds; null for a figure without an invariant.</param>
internal sealed record ReportLine(string Name, string Value, bool? Holds)
{
    /// <summary>The line as text.</summary>
    public override string ToString() => $"{(Holds switch { true => "ok", false => "FAILED", _ => "" }),-8}{Name,-44}{Value}";
}
