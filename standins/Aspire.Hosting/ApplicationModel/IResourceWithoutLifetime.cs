namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource nobody waits for, because it never starts.</summary>
public interface IResourceWithoutLifetime : IResource;
