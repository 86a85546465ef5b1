namespace Aspire.Hosting.Orchestration;

/// <summary>Knows how each resource of a model becomes a process.</summary>
internal sealed class Recipes(ProjectOutputs outputs)
{
    private readonly ExecutableRecipe _executable = new();
    private readonly ProjectRecipe _project = new(outputs);

    /// <summary>The recipe of a resource; none for one that is no process. Refuses all containers nothing stands in for, at once.</summary>
    public Dictionary<IResource, IProcessRecipe> For(DistributedApplicationModel model)
    {
        var recipes = model.Resources.Select(r => (Resource: r, Recipe: Find(r))).ToList();
        var refused = recipes.Where(r => r.Recipe is null && r.Resource.IsContainer()).Select(r => $"'{r.Resource.Name}'").ToList();
        if (refused.Count > 0)
            throw new HostRefusal($"{string.Join(", ", refused)} can only run as a container: use the real Aspire packages and a container runtime for that.");
        return recipes.Where(r => r.Recipe is not null).ToDictionary(r => r.Resource, r => r.Recipe!);
    }

    private IProcessRecipe? Find(IResource resource) => resource switch
    {
        _ when resource.TryGetLastAnnotation<ProcessRecipeAnnotation>(out var annotation) => annotation.Recipe,
        ProjectResource => _project,
        ExecutableResource => _executable,
        _ => null,
    };
}
