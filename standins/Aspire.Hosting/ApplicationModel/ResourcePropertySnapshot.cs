namespace Aspire.Hosting.ApplicationModel;

/// <summary>A named fact about a resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether it must not be shown.</summary>
    public bool IsSensitive { get; init; }
}
