namespace Fib.Chaos.Ledger;

/// <summary>What is stored, read from PostgreSQL and through the public routes once nothing moves any more.</summary>
internal sealed record Books
{
    /// <summary>How many submissions of each index PostgreSQL has.</summary>
    public required IReadOnlyDictionary<int, int> Submissions { get; init; }

    /// <summary>What became of each index.</summary>
    public required IReadOnlyDictionary<int, RecordedOutcome> Outcomes { get; init; }

    /// <summary>The id of each event, which is a submission or an outcome.</summary>
    public required IReadOnlyList<long> Events { get; init; }

    /// <summary>The ids that a page heard that stayed open, in the order of their coming.</summary>
    public required IReadOnlyList<long> Heard { get; init; }

    /// <summary>The indexes whose term is still to come.</summary>
    public required IReadOnlySet<int> Pending { get; init; }

    /// <summary>How often each index is on <c>values/all</c>.</summary>
    public required IReadOnlyDictionary<int, int> Listed { get; init; }

    /// <summary>What <c>values/current</c> shows for each index.</summary>
    public required IReadOnlyDictionary<string, string> Current { get; init; }

    /// <summary>The whole terms that <c>values/{index}</c> gave; null where none came.</summary>
    public required IReadOnlyDictionary<int, string?> Terms { get; init; }
}
