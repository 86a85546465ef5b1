namespace Fib.Web.Terms;

/// <summary>What can be said of a term.</summary>
public enum TermState
{
    /// <summary>Nobody has asked for it yet.</summary>
    Unknown,

    /// <summary>It is being computed, or computed again.</summary>
    Pending,

    /// <summary>It is there.</summary>
    Computed,

    /// <summary>It could not be computed.</summary>
    Failed,
}
