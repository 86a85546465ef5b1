namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is a command run on this machine.</summary>
public class ExecutableResource
    : Resource, IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Names the command and the folder it runs in.</summary>
    public ExecutableResource(string name, string command, string workingDirectory) : base(name) =>
        (Command, WorkingDirectory) = (command, workingDirectory);

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>The folder it runs in.</summary>
    public string WorkingDirectory { get; }
}
