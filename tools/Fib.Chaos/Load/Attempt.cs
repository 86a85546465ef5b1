namespace Fib.Chaos.Load;

/// <summary>One read, or one submitted entry, and its result.</summary>
/// <param name="Index">The submitted index; null for an invalid entry and for a read.</param>
/// <param name="Result">What the response states about the entry; null for a read.</param>
/// <param name="Status">The method and the status code, or why there was no response.</param>
/// <param name="Sent">When the request was sent, as a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
/// <param name="Ended">When the whole response had arrived or the request had failed, as such a timestamp.</param>
internal sealed record Attempt(int? Index, AttemptResult? Result, string Status, long Sent, long Ended);

/// <summary>What the response to a submission states about one entry.</summary>
internal enum AttemptResult
{
    /// <summary>The entry is stored.</summary>
    Acknowledged,

    /// <summary>The entry is not stored and will not be.</summary>
    Rejected,

    /// <summary>There was no response, or one with another status than 200, 400 and 422. The entry may be stored, at most once.</summary>
    Unconfirmed,

    /// <summary>The last attempt with an Idempotency-Key was unconfirmed too. The entry may be stored, at most once.</summary>
    GivenUp,

    /// <summary>
    /// Another attempt with the same Idempotency-Key counts for the submission; all attempts together store it at most once.
    /// </summary>
    Retried,

    /// <summary>The entry was accepted although its Idempotency-Key belongs to another submission.</summary>
    KeyReuseAccepted,
}
