namespace Aspire.Hosting.ApplicationModel;

/// <summary>Leaves a project's launch profiles unread.</summary>
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;
