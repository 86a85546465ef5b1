namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The variables that the app model assigns to a resource, and which of them only say where a store is.</summary>
internal static class AssignedVariables
{
    /// <param name="Value">What was assigned.</param>
    /// <param name="Store">The store that it is about, or null.</param>
    public sealed record Assigned(object Value, IResource? Store);

    /// <summary>Every variable, by name.</summary>
    public static async Task<SortedDictionary<string, Assigned>> ReadAsync(
        IResource resource, DistributedApplicationExecutionContext mode, ExistingResources stores, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(mode, resource, cancellationToken: cancellationToken);
        var assigned = new SortedDictionary<string, Assigned>(StringComparer.Ordinal);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            var before = new Dictionary<string, object>(context.EnvironmentVariables);
            await annotation.Callback(context);
            var changed = context.EnvironmentVariables.Where(variable => !ReferenceEquals(before.GetValueOrDefault(variable.Key), variable.Value)).ToList();
            // One reference assigns several parts, of which a user or a database's name mentions no resource.
            var store = changed.Select(variable => stores.Find(variable.Value)).FirstOrDefault(found => found is not null);
            foreach (var (name, value) in changed)
                assigned[name] = new Assigned(value, stores.Find(value) ?? (value is ReferenceExpression && !AppModel.ResourcesIn(value).Any() ? store : null));
            foreach (var name in before.Keys.Except(context.EnvironmentVariables.Keys))
                assigned.Remove(name);
        }
        return assigned;
    }
}
