using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The names of the steps every pipeline has.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class WellKnownPipelineSteps
{
    /// <summary>After everything that prepares the model.</summary>
    public const string BeforeStart = "before-start";

    /// <summary>After everything that builds.</summary>
    public const string Build = "build";

    /// <summary>Before anything builds.</summary>
    public const string BuildPrereq = "build-prereq";

    /// <summary>After everything that deploys.</summary>
    public const string Deploy = "deploy";

    /// <summary>Before anything deploys.</summary>
    public const string DeployPrereq = "deploy-prereq";

    /// <summary>Makes sure that every parameter has a value.</summary>
    public const string ProcessParameters = "process-parameters";

    /// <summary>After everything that publishes.</summary>
    public const string Publish = "publish";

    /// <summary>Before anything publishes.</summary>
    public const string PublishPrereq = "publish-prereq";

    /// <summary>After everything that pushes.</summary>
    public const string Push = "push";

    /// <summary>Before anything pushes.</summary>
    public const string PushPrereq = "push-prereq";

    /// <summary>Makes sure that every resource knows its environment.</summary>
    public const string ValidateComputeEnvironments = "validate-compute-environments";
}
