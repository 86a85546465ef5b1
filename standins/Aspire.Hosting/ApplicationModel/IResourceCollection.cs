using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of a model; a name occurs once.</summary>
public interface IResourceCollection : IList<IResource>
{
    /// <summary>Finds a resource by its name, regardless of case.</summary>
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource);
}
