namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says what a resource becomes in a compute environment.</summary>
public sealed class DeploymentTargetAnnotation(IResource target) : IResourceAnnotation
{
    /// <summary>The resource that stands for it there.</summary>
    public IResource DeploymentTarget { get; set; } = target;

    /// <summary>Where its image is pushed.</summary>
    public IContainerRegistry? ContainerRegistry { get; set; }

    /// <summary>The environment.</summary>
    public IComputeEnvironmentResource? ComputeEnvironment { get; set; }
}
