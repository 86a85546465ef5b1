namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps a deployed project from trusting forwarded headers.</summary>
public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;
