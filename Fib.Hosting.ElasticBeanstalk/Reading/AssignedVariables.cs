namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the variables that the app model assigns to a resource, and finds those that describe an existing resource.</summary>
internal static class AssignedVariables
{
    /// <param name="Value">The assigned value.</param>
    /// <param name="Existing">The existing resource that it describes, or null.</param>
    public sealed record Assigned(object Value, IResource? Existing);

    /// <summary>All variables, by name.</summary>
    public static async Task<SortedDictionary<string, Assigned>> ReadAsync(
        IResource resource, DistributedApplicationExecutionContext mode, ExistingResources existing, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(mode, resource, cancellationToken: cancellationToken);
        var assigned = new SortedDictionary<string, Assigned>(StringComparer.Ordinal);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            var before = new Dictionary<string, object>(context.EnvironmentVariables);
            await annotation.Callback(context);
            var changed = context.EnvironmentVariables
                .Where(variable => !ReferenceEquals(before.GetValueOrDefault(variable.Key), variable.Value)).ToList();
            // One reference assigns several variables. Some contain no resource (the user) or only the server (the host), so the existing
            // resource is found in any of them and used for all.
            var store = changed.Select(variable => existing.Find(variable.Value)).FirstOrDefault(found => found is not null);
            var published = changed.Select(variable => (variable.Value as ConnectionStringReference)?.Resource)
                .FirstOrDefault(resource => resource is not null && PublishedConnectionString.IsOf(resource));
            foreach (var (name, value) in changed.Where(variable =>
                published is null || variable.Value is ConnectionStringReference || !Describes(variable.Value, published)))
                assigned[name] = new Assigned(value, store is not null && Describes(value, store) ? store : existing.Find(value));
            foreach (var name in before.Keys.Except(context.EnvironmentVariables.Keys))
                assigned.Remove(name);
        }
        return assigned;
    }

    private static bool Describes(object value, IResource store) => value is not string && ExistingResources.IsPartOf(value, store);
}
