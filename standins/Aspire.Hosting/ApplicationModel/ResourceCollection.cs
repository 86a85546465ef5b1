using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Resources by name; refuses a name that is taken.</summary>
internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    public ResourceCollection()
    {
    }

    public ResourceCollection(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources)
            Add(resource);
    }

    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource) =>
        (resource = this.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) is not null;

    protected override void InsertItem(int index, IResource item)
    {
        if (TryGetByName(item.Name, out var other))
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{item.GetType()}' with name '{item.Name}' because resource of type '{other.GetType()}' with that name already exists. Resource names are case-insensitive.");
        base.InsertItem(index, item);
    }
}
