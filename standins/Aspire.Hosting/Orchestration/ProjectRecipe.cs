namespace Aspire.Hosting.Orchestration;

/// <summary>A project runs as the assembly it was built to, in its own folder.</summary>
internal sealed class ProjectRecipe(ProjectOutputs outputs) : IProcessRecipe
{
    public void Claim(IResource resource, RunSession session)
    {
        // A project's data is its own business.
    }

    public async Task<ProcessSpec> PrepareAsync(LaunchContext launch, CancellationToken cancellationToken)
    {
        var project = (ProjectResource)launch.Resource;
        var path = project.GetProjectMetadata().ProjectPath;
        var assembly = await outputs.FindAsync(project.Name, path, cancellationToken);
        var (arguments, variables) = await launch.EvaluateAsync(cancellationToken);
        var profile = LaunchProfiles.Effective(project)?.Profile.CommandLineArgs;
        return new(DotnetHost.Path, [assembly, .. CommandLine.Split(profile), .. arguments], Path.GetDirectoryName(path)!, InheritedEnvironment.With(variables));
    }
}
