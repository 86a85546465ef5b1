#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES003 // Both are marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>The steps that an environment adds to Aspire's pipeline.</summary>
internal static class PipelineSteps
{
    public static IEnumerable<PipelineStep> Of(ElasticBeanstalkEnvironmentResource environment) =>
    [
        new()
        {
            Name = $"prepare-deployment-targets-{environment.Name}",
            Description = $"Assigns each resource to {environment.Name}.",
            Action = context => PrepareAsync(environment, context),
            DependsOnSteps = [WellKnownPipelineSteps.ValidateComputeEnvironments],
            RequiredBySteps = [WellKnownPipelineSteps.BeforeStart],
        },
        new()
        {
            Name = $"publish-{environment.Name}",
            Description = $"Writes the Elastic Beanstalk bundle of {environment.Name}.",
            Action = context => BundleStep.WriteAsync(environment, context, new StepReport(context)),
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
        },
        .. new DeploymentSteps(environment).All,
    ];

    private static async Task PrepareAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        _ = EnvironmentSettings.Apply(environment).ToList();
        foreach (var resource in AppModel.Deployed(context.Model, environment).Where(resource => resource != environment).ToList())
        {
            resource.Annotations.Add(new DeploymentTargetAnnotation(new ServiceResource(resource.Name, environment))
            {
                ComputeEnvironment = environment,
                ContainerRegistry = environment.Registry.Length > 0 ? environment : null,
            });
            if (resource.RequiresImageBuild())
            {
                // First, so that the AppHost's own callbacks override it.
                resource.Annotations.Insert(0, ImageReader.PushOptions(environment, ServiceReader.Configure(resource, environment).Name));
                // Last, so that it overrides the default of Aspire's own callback.
                resource.Annotations.Add(ImageReader.BuildOptions(environment));
            }
        }
        await PreparePasswordsAsync(environment, context);
    }

    /// <summary>
    /// Makes Aspire generate values without special characters for passwords in URIs, and ask for those of existing resources. Without
    /// special characters, the default of 22 characters has 127 bits.
    /// </summary>
    private static async Task PreparePasswordsAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var (parameters, inUris) = await BundleReader.ReadParametersAsync(
            environment, context.Model, context.ExecutionContext, context.CancellationToken);
        foreach (var generated in inUris.Select(parameter => parameter.Default).OfType<GenerateParameterDefault>())
            (generated.Special, generated.MinSpecial) = (false, 0);
        foreach (var parameter in new ExistingResources(context.Model).Parameters.Intersect(parameters)
            .Where(parameter => parameter.Default is GenerateParameterDefault))
            parameter.Default = null;
    }
}

/// <summary>The deployed form of a resource.</summary>
internal sealed class ServiceResource(string name, ElasticBeanstalkEnvironmentResource parent)
    : Resource(name), IResourceWithParent<ElasticBeanstalkEnvironmentResource>
{
    public ElasticBeanstalkEnvironmentResource Parent { get; } = parent;
}
