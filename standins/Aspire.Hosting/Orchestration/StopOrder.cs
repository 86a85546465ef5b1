namespace Aspire.Hosting.Orchestration;

/// <summary>How deep in the waits a resource is: what others wait for stops after them. Refuses waits that go in a circle.</summary>
internal sealed class StopOrder
{
    private readonly Dictionary<IResource, int> _depths = [];
    private readonly List<IResource> _path = [];

    public int Depth(IResource resource)
    {
        if (_depths.TryGetValue(resource, out var known))
            return known;
        if (_path.Contains(resource))
            throw new HostRefusal($"These resources wait for each other: {string.Join(", ", _path.Select(r => r.Name))}.");
        _path.Add(resource);
        var depth = resource.Annotations.OfType<WaitAnnotation>().Select(w => Depth(w.Resource) + 1)
            .Concat(resource is IResourceWithParent child ? [Depth(child.Parent)] : []).DefaultIfEmpty(0).Max();
        _path.RemoveAt(_path.Count - 1);
        return _depths[resource] = depth;
    }
}
