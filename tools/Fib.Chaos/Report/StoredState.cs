namespace Fib.Chaos.Report;

/// <summary>What is stored after a run, read from PostgreSQL and through the public routes.</summary>
internal sealed record StoredState
{
    /// <summary>The number of submissions of each index in PostgreSQL.</summary>
    public required IReadOnlyDictionary<int, int> Submissions { get; init; }

    /// <summary>The outcome of each index in PostgreSQL.</summary>
    public required IReadOnlyDictionary<int, StoredOutcome> Outcomes { get; init; }

    /// <summary>The ids of all events, which are submissions and outcomes, in ascending order.</summary>
    public required IReadOnlyList<long> Events { get; init; }

    /// <summary>The event ids that a subscriber received, in the order of their arrival.</summary>
    public required IReadOnlyList<long> ReceivedEvents { get; init; }

    /// <summary>The indexes whose term is pending.</summary>
    public required IReadOnlySet<int> Pending { get; init; }

    /// <summary>How often <c>values/all</c> lists each index.</summary>
    public required IReadOnlyDictionary<int, int> Listed { get; init; }

    /// <summary>The value of each index in <c>values/current</c>.</summary>
    public required IReadOnlyDictionary<string, string> Current { get; init; }

    /// <summary>The full terms from <c>values/{index}</c>; null for a term that was not available in time.</summary>
    public required IReadOnlyDictionary<int, string?> Terms { get; init; }
}

/// <summary>The outcome of an index in PostgreSQL.</summary>
/// <param name="Digits">The number of decimal digits.</param>
/// <param name="Preview">The first and last digits, or the whole term.</param>
/// <param name="Reason">Why the computation failed; null if it succeeded.</param>
internal sealed record StoredOutcome(int Digits, string Preview, string? Reason);
