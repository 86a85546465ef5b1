namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>
/// Compares resources by name, ignoring case, as Aspire's publishers do: PublishAsDockerFile replaces an executable by a container of the
/// same name, and references and waits keep the executable.
/// </summary>
internal sealed class ResourceNameComparer : IEqualityComparer<IResource>
{
    public static ResourceNameComparer Instance { get; } = new();

    public bool Equals(IResource? x, IResource? y) => string.Equals(x?.Name, y?.Name, StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(IResource resource) => StringComparer.OrdinalIgnoreCase.GetHashCode(resource.Name);
}
