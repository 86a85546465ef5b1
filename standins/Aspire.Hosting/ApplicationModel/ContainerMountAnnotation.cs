namespace Aspire.Hosting.ApplicationModel;

/// <summary>A volume or folder mounted into a container.</summary>
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    /// <summary>Mounts a source at a target; a folder's source must be a full path.</summary>
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        if (type is ContainerMountType.BindMount && !Path.IsPathRooted(source))
            throw new ArgumentException($"The source of a bind mount must be a full path, not '{source}'.", nameof(source));
        if (type is ContainerMountType.Volume && string.IsNullOrEmpty(source) && isReadOnly)
            throw new ArgumentException("An anonymous volume cannot be read-only.", nameof(isReadOnly));
        (Source, Target, Type, IsReadOnly) = (source, target, type, isReadOnly);
    }

    /// <summary>The volume's name or the folder's path.</summary>
    public string? Source { get; }

    /// <summary>The path in the container.</summary>
    public string Target { get; }

    /// <summary>Volume or folder.</summary>
    public ContainerMountType Type { get; }

    /// <summary>Whether the container may only read it.</summary>
    public bool IsReadOnly { get; }
}
