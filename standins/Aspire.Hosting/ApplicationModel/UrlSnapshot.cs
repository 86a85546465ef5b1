namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL of a resource, and the endpoint it belongs to.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal);
