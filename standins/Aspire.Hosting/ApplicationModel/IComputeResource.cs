namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that runs code, and so needs a place to run when deployed.</summary>
public interface IComputeResource : IResource;
