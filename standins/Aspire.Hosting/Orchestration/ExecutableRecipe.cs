namespace Aspire.Hosting.Orchestration;

/// <summary>A command runs as it is.</summary>
internal sealed class ExecutableRecipe : IProcessRecipe
{
    public void Claim(IResource resource, RunSession session)
    {
        // A command's data is its own business.
    }

    public async Task<ProcessSpec> PrepareAsync(LaunchContext launch, CancellationToken cancellationToken)
    {
        var executable = (ExecutableResource)launch.Resource;
        var (arguments, variables) = await launch.EvaluateAsync(cancellationToken);
        if (!Directory.Exists(executable.WorkingDirectory))
            throw new DistributedApplicationException($"The working directory of '{executable.Name}' does not exist: {executable.WorkingDirectory}");
        return new(Commands.Require(executable.Command), arguments, executable.WorkingDirectory, InheritedEnvironment.With(variables));
    }
}
