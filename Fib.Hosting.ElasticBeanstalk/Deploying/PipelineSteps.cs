#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Both are marked experimental in Aspire 13.5.
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Fib.Hosting.ElasticBeanstalk.Outputs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>What an environment adds to Aspire's pipeline.</summary>
internal static class PipelineSteps
{
    public static IEnumerable<PipelineStep> Of(ElasticBeanstalkEnvironmentResource environment) =>
    [
        new()
        {
            Name = $"prepare-deployment-targets-{environment.Name}",
            Description = $"Says what each resource becomes in {environment.Name}.",
            Action = context => PrepareAsync(environment, context),
            DependsOnSteps = [WellKnownPipelineSteps.ValidateComputeEnvironments],
            RequiredBySteps = [WellKnownPipelineSteps.BeforeStart],
        },
        new()
        {
            Name = $"publish-{environment.Name}",
            Description = $"Writes the Elastic Beanstalk bundle of {environment.Name}.",
            Action = context => PublishAsync(environment, context),
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
        },
        new()
        {
            Name = $"deploy-{environment.Name}",
            Description = $"Says how the bundle of {environment.Name} is deployed.",
            Action = context => DeployAsync(environment, context),
            DependsOnSteps = [$"publish-{environment.Name}"],
            RequiredBySteps = [WellKnownPipelineSteps.Deploy],
        },
    ];

    private static Task PrepareAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        foreach (var resource in AppModel.Deployed(context.Model, environment).Where(resource => resource.HasAnnotationOfType<ServiceAnnotation>()))
            resource.Annotations.Add(new DeploymentTargetAnnotation(new ServiceResource(resource.Name, environment)) { ComputeEnvironment = environment });
        return Task.CompletedTask;
    }

    private static async Task PublishAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var (bundle, problems) = await BundleReader.ReadAsync(environment, context.Model, context.ExecutionContext, context.CancellationToken);
        problems = [.. problems, .. BundleChecks.Find(bundle)];
        if (problems.Count > 0)
            throw new BundleException(problems);
        var directory = Directory(environment, context);
        var zips = await BundleWriter.WriteAsync(bundle, BundleRenderer.Render(bundle), directory, context.CancellationToken);
        if (environment.Registry.Length == 0)
            context.ReportingStep.Log(LogLevel.Warning, $"No registry is set ({environment.Name}:Registry), so the images must be on the instance already: right for a rehearsal, not for Elastic Beanstalk.");
        foreach (var zip in zips)
            context.ReportingStep.Log(LogLevel.Information, $"Wrote {zip}");
        if (environment.Receipt is { } receipt)
            await File.WriteAllTextAsync(receipt, directory + "\n", context.CancellationToken);
    }

    /// <summary>Aspire gives each environment a folder of its own where there are several.</summary>
    private static string Directory(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var output = context.Services.GetRequiredService<IPipelineOutputService>();
        return context.Model.Resources.OfType<IComputeEnvironmentResource>().Count() > 1 ? output.GetOutputDirectory(environment) : output.GetOutputDirectory();
    }

    private static async Task DeployAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var next = $"Nothing was deployed: {environment.DeployScript} deploys the bundle.";
        await context.ReportingStep.CompleteAsync(next, CompletionState.Completed, context.CancellationToken);
        context.Summary.Add("Next", next);
    }
}
