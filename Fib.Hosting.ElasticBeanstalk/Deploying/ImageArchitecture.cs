#pragma warning disable ASPIREPIPELINES001, ASPIRECONTAINERRUNTIME001 // Both are marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Checks before the push that the built images run on the environment's instances.</summary>
internal static class ImageArchitecture
{
    /// <exception cref="DeploymentException">Images have another architecture; the message has a line for each.</exception>
    public static async Task CheckAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var runtime = await context.Services.GetRequiredService<IContainerRuntimeResolver>().ResolveAsync(context.CancellationToken);
        var wanted = environment.Architecture.OciName;
        var problems = new List<Problem>();
        foreach (var resource in AppModel.Deployed(context.Model, environment).Where(resource => resource.RequiresImageBuild()))
        {
            var image = resource.TryGetContainerImageName(out var name) ? name : resource.Name.ToLowerInvariant();
            var (built, _) = await ContainerProgram.RunAsync(
                runtime, context.CancellationToken, "image", "inspect", "--format", "{{.Architecture}}", image);
            if (built is { Length: > 0 } && built != wanted)
                problems.Add(new Problem(
                    resource.Name, "image",
                    $"{image} is built for {built}, the environment is for {wanted}: nothing is pushed. Build it for linux/{wanted}, or " +
                    $"choose another architecture (--{environment.Name}:Architecture)."));
        }
        if (problems.Count > 0)
            throw new DeploymentException(string.Join('\n', problems));
    }
}
