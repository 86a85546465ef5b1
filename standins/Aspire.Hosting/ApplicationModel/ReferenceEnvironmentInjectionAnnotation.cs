namespace Aspire.Hosting.ApplicationModel;

/// <summary>Chooses which variables references add to a resource.</summary>
public sealed class ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) : IResourceAnnotation
{
    /// <summary>The choice.</summary>
    public ReferenceEnvironmentInjectionFlags Flags { get; } = flags;
}
