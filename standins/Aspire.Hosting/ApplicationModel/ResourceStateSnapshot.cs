namespace Aspire.Hosting.ApplicationModel;

/// <summary>A state and how it is shown.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state shown plainly.</summary>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}
