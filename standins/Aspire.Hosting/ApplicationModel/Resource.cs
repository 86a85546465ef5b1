namespace Aspire.Hosting.ApplicationModel;

/// <summary>The usual base of a resource.</summary>
public abstract class Resource : IResource
{
    /// <summary>Names the resource; the name is checked when it joins a model.</summary>
    protected Resource(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
