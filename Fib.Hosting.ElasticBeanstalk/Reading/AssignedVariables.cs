namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The variables that the app model assigns to a resource, and which of them only say where an existing resource is.</summary>
internal static class AssignedVariables
{
    /// <param name="Value">What was assigned.</param>
    /// <param name="Existing">The existing resource that it is about, or null.</param>
    public sealed record Assigned(object Value, IResource? Existing);

    /// <summary>Every variable, by name.</summary>
    public static async Task<SortedDictionary<string, Assigned>> ReadAsync(
        IResource resource, DistributedApplicationExecutionContext mode, ExistingResources existing, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(mode, resource, cancellationToken: cancellationToken);
        var assigned = new SortedDictionary<string, Assigned>(StringComparer.Ordinal);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            var before = new Dictionary<string, object>(context.EnvironmentVariables);
            await annotation.Callback(context);
            var changed = context.EnvironmentVariables.Where(variable => !ReferenceEquals(before.GetValueOrDefault(variable.Key), variable.Value)).ToList();
            // One reference assigns several parts: a user mentions no resource, and a host only the server of the database.
            var store = changed.Select(variable => existing.Find(variable.Value)).FirstOrDefault(found => found is not null);
            var published = changed.Select(variable => (variable.Value as ConnectionStringReference)?.Resource).FirstOrDefault(resource => resource is not null && PublishedConnectionString.IsOf(resource));
            foreach (var (name, value) in changed.Where(variable => published is null || variable.Value is ConnectionStringReference || !IsAbout(variable.Value, published)))
                assigned[name] = new Assigned(value, store is not null && IsAbout(value, store) ? store : existing.Find(value));
            foreach (var name in before.Keys.Except(context.EnvironmentVariables.Keys))
                assigned.Remove(name);
        }
        return assigned;
    }

    private static bool IsAbout(object value, IResource store) => value is not string && ExistingResources.IsPartOf(value, store);
}
