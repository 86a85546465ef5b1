using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is a container.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>What the container runs instead of its image's own entry point.</summary>
    public string? Entrypoint { get; set; } = entrypoint;

    /// <summary>Whether the arguments are one line for a shell.</summary>
    [Experimental("ASPIRECONTAINERSHELLEXECUTION001")]
    public bool? ShellExecution { get; set; }
}
