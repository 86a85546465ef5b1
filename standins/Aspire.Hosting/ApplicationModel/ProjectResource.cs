namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is a .NET project.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IComputeResource;
