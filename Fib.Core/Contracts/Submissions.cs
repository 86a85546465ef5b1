using System.Text.Json.Serialization;

namespace Fib.Core.Contracts;

/// <summary>The answer of <c>POST /values</c>: the submission is stored durably.</summary>
/// <param name="Working">Always true.</param>
public sealed record SubmitResponse(bool Working);

/// <summary>The body of <c>POST /values/batch</c>.</summary>
/// <param name="Indexes">1 to <see cref="SubmissionRules.MaxBatchEntries"/> indexes, as digits.</param>
public sealed record BatchRequest(IReadOnlyList<string> Indexes);

/// <summary>The answer of <c>POST /values/batch</c>.</summary>
/// <param name="Results">One result for each entry, in the order of the entries.</param>
public sealed record BatchResponse(IReadOnlyList<BatchResult> Results);

/// <summary>The result of one entry of a batch.</summary>
/// <param name="Index">The index, or null if the entry is not a whole number or does not fit into 32 bits.</param>
/// <param name="Accepted">Whether the entry is stored durably.</param>
/// <param name="Reason">Why the entry was rejected; omitted if it was accepted.</param>
public sealed record BatchResult(
    int? Index, bool Accepted, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);

/// <summary>The answer of <c>POST /values/requeue</c>: the failed indexes are on the backlog again.</summary>
/// <param name="Requeued">The number of indexes.</param>
public sealed record RequeueResponse(int Requeued);

/// <summary>What a client that submits must know: limits, the header for retries, and the reasons of a rejection.</summary>
public static class SubmissionRules
{
    /// <summary>The maximum number of entries of a batch; the minimum is one.</summary>
    public const int MaxBatchEntries = 1_000;

    /// <summary>The request header with the idempotency key: a submission with a known key is not stored again.</summary>
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>The reason if an index is not a whole number.</summary>
    public const string NotAWholeNumber = "An index is one whole number of 0 or more, such as 7.";

    /// <summary>The reason if an index is above the configured maximum.</summary>
    public const string TooHigh = "Index too high";
}
