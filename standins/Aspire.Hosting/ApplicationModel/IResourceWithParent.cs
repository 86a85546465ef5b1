namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that lives inside another, as a database in its server.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The one it lives in.</summary>
    IResource Parent { get; }
}
