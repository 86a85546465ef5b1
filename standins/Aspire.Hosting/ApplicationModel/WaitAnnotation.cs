namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for before it starts.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The resource waited for.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code a completed resource must have.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What to do when the other one fails; none takes the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}
