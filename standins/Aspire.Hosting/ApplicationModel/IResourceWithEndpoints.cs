namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that can be reached.</summary>
public interface IResourceWithEndpoints : IResource;
