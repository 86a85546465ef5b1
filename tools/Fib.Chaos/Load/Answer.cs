namespace Fib.Chaos.Load;

/// <summary>What a submission's answer promises.</summary>
internal enum Answer
{
    /// <summary>It is stored.</summary>
    Acknowledged,

    /// <summary>It is not stored, and never will be.</summary>
    Refused,

    /// <summary>Nothing: no answer came, or one that says that a part is away. It may have been stored, once.</summary>
    Open,

    /// <summary>Nothing besides: it was sent again with the same Idempotency-Key, and together they are one submission.</summary>
    Retried,

    /// <summary>It was accepted, though its Idempotency-Key is that of another submission.</summary>
    Misused,
}
