namespace Aspire.Hosting;

/// <summary>Combines the parts of connection strings.</summary>
public static class ConnectionPropertiesExtensions
{
    /// <summary>The parts of a resource, with others added or put in their place.</summary>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(
        this IResourceWithConnectionString source, IEnumerable<KeyValuePair<string, ReferenceExpression>> additional)
    {
        var parts = new Dictionary<string, ReferenceExpression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source.GetConnectionProperties().Concat(additional))
            parts[name] = value;
        return parts;
    }
}
