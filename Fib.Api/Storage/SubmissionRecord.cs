namespace Fib.Api.Storage;

/// <summary>One submission, with what became of its index.</summary>
/// <param name="Id">The submission's event id.</param>
/// <param name="Index">What was asked for.</param>
/// <param name="AcceptedAt">When it was stored.</param>
/// <param name="Outcome">What became of it, or null while it is pending.</param>
internal sealed record SubmissionRecord(long Id, int Index, DateTime AcceptedAt, OutcomeRecord? Outcome);

/// <summary>What became of an index.</summary>
/// <param name="Digits">The term's digit count.</param>
/// <param name="Preview">The term, shortened where it is long.</param>
/// <param name="Reason">Why it failed, or null where it was computed.</param>
/// <param name="ComputedAt">When.</param>
internal sealed record OutcomeRecord(int Digits, string Preview, string? Reason, DateTime ComputedAt);
