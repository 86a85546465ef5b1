namespace Fib.Chaos.Ledger;

/// <summary>One line of the ledger.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="IsClean">Whether it is as promised; null where nothing was promised.</param>
internal sealed record LedgerLine(string What, string Found, bool? IsClean)
{
    /// <summary>The line as text.</summary>
    public override string ToString() => $"{(IsClean switch { true => "clean", false => "WRONG", _ => "" }),-7}{What,-42}{Found}";
}
