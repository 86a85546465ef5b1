namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a resource that starts only on command.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;
