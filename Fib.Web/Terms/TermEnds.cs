namespace Fib.Web.Terms;

/// <summary>A term as its page shows it: whole up to 10,000 digits, else its first and last 5,000.</summary>
/// <param name="State">What can be said of it.</param>
/// <param name="Digits">How many digits it has; 0 unless computed.</param>
/// <param name="First">The digits from the front.</param>
/// <param name="Last">The digits up to the end; empty where <paramref name="First"/> is the whole term.</param>
/// <param name="Reason">Why it failed, or null.</param>
public sealed record TermEnds(TermState State, long Digits = 0, string First = "", string Last = "", string? Reason = null)
{
    /// <summary>How many digits are not shown.</summary>
    public long Hidden => Digits - First.Length - Last.Length;
}
