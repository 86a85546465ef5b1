namespace Aspire.Hosting.ApplicationModel;

/// <summary>Binds a resource to a compute environment.</summary>
internal sealed class ComputeEnvironmentAnnotation(IComputeEnvironmentResource computeEnvironment) : IResourceAnnotation
{
    public IComputeEnvironmentResource ComputeEnvironment { get; } = computeEnvironment;
}
