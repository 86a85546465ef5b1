using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The tags steps usually have.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class WellKnownPipelineTags
{
    /// <summary>Makes the infrastructure.</summary>
    public const string ProvisionInfrastructure = "provision-infra";

    /// <summary>Builds an image.</summary>
    public const string BuildCompute = "build-compute";

    /// <summary>Pushes an image.</summary>
    public const string PushContainerImage = "push-container-image";

    /// <summary>Deploys a resource.</summary>
    public const string DeployCompute = "deploy-compute";
}
