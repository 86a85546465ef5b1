namespace Fib.Api.Terms;

/// <summary>The header by which a client that had no answer may submit again: what was stored under a key is not stored twice within a day.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 255;

    public const string Refusal = "Idempotency-Key must be 1 to 255 visible ASCII characters.";

    public const string UsedOtherwise = "This Idempotency-Key was used for another submission; nothing was stored. Use a new key for new indexes.";

    /// <summary>Reads the header; the key is null where there is none.</summary>
    /// <returns>False where it is there but is no key.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values))
            return true;
        if (values is not [{ Length: >= 1 and <= MaxLength } only] || only.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return false;
        key = only;
        return true;
    }
}
