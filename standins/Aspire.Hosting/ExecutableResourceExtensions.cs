namespace Aspire.Hosting;

/// <summary>Finds executables in a model.</summary>
public static class ExecutableResourceExtensions
{
    /// <summary>All resources that are commands.</summary>
    public static IEnumerable<ExecutableResource> GetExecutableResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<ExecutableResource>();
    }
}
