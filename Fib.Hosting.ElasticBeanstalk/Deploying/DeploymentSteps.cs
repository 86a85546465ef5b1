#pragma warning disable ASPIREPIPELINES001, ASPIRECONTAINERRUNTIME001, ASPIREINTERACTION001 // All are marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Hosting.ElasticBeanstalk.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>The steps from a bundle to a Green environment, in this order; a failed step ends the pipeline.</summary>
internal sealed class DeploymentSteps(ElasticBeanstalkEnvironmentResource environment)
{
    private Deployment? _deployment;
    private Bundle? _bundle;

    /// <summary>Created after the configuration has set the region.</summary>
    private AwsCli Aws => field ??= new AwsCli(environment.Region);

    public IEnumerable<PipelineStep> All =>
    [
        Step(
            "registry-login", "Logs in to Amazon ECR, if the registry is one, and creates its repositories.",
            LogInAsync, [], WellKnownPipelineSteps.PushPrereq),
        Step(
            "check-images", "Compares the architecture of the built images with the environment's.",
            context => ImageArchitecture.CheckAsync(environment, context), [WellKnownPipelineSteps.Build],
            WellKnownPipelineSteps.PushPrereq),
        Step(
            "upload", "Uploads the bundle to S3.",
            UploadAsync, [WellKnownPipelineSteps.DeployPrereq, $"publish-{environment.Name}", WellKnownPipelineSteps.Push]),
        Step("create-version", "Creates the application version.", CreateVersionAsync, [NameOf("upload")]),
        Step("update", "Updates the environment to the version.", UpdateAsync, [NameOf("create-version")]),
        Step(
            "verify", "Waits until the environment is Green and passes the smoke test, and rolls back otherwise.",
            VerifyAsync, [NameOf("update")], WellKnownPipelineSteps.Deploy),
        Step(
            "deploy-bundle", "Deploys an existing bundle, or an existing version of the application, with the steps of deploy.",
            DeployBundleAsync, []),
        Step(
            "terminate", "Terminates the environment.",
            TerminateAsync, [WellKnownPipelineSteps.DestroyPrereq], WellKnownPipelineSteps.Destroy),
    ];

    private PipelineStep Step(
        string name, string description, Func<PipelineStepContext, Task> action, string[] dependsOn, string? requiredBy = null) => new()
    {
        Name = NameOf(name),
        Description = $"{description} ({environment.Name})",
        Action = action,
        DependsOnSteps = [.. dependsOn],
        RequiredBySteps = requiredBy is null ? [] : [requiredBy],
    };

    private string NameOf(string step) => $"{step}-{environment.Name}";

    private async Task LogInAsync(PipelineStepContext context)
    {
        if (EcrRegistry.Find(Aws, environment.Registry) is not { } ecr)
            return;
        var report = new StepReport(context);
        foreach (var image in await BuiltImagesAsync(context))
        {
            if (await ecr.EnsureAsync(image.Repository, context.CancellationToken))
                report.Info($"Created the repository {image.Repository}");
        }
        var runtime = await context.Services.GetRequiredService<IContainerRuntimeResolver>().ResolveAsync(context.CancellationToken);
        await ecr.LogInAsync(runtime, context.CancellationToken);
    }

    private async Task UploadAsync(PipelineStepContext context)
    {
        var report = new StepReport(context);
        PropertyValues values;
        try
        {
            await new PushedImages(environment, Aws, context.Services.GetRequiredService<IContainerRuntimeResolver>())
                .PinAsync(await ReadBundleAsync(context), context.CancellationToken);
            _bundle = await BundleStep.WriteAsync(environment, context, report);
            values = await ReadValuesAsync(_bundle, context, report);
        }
        catch (OperationCanceledException)
        {
            throw new DeploymentException($"interrupted; {environment.BeanstalkEnvironment} was not changed.");
        }
        values.Check();
        _deployment = new Deployment(environment, _bundle.Tag, Aws, report.Info);
        var zip = Path.Combine(BundleStep.Directory(environment, context), BundleZips.DockerZip(_bundle));
        SourceBundle.Check(zip);
        await _deployment.UploadAsync(zip, values, context.CancellationToken);
    }

    private Task CreateVersionAsync(PipelineStepContext context) => _deployment!.CreateVersionAsync(context.CancellationToken);

    private Task UpdateAsync(PipelineStepContext context) => _deployment!.UpdateAsync(context.CancellationToken);

    private async Task<PropertyValues> ReadValuesAsync(Bundle bundle, PipelineStepContext context, StepReport report)
    {
        var configuration = context.Services.GetRequiredService<IConfiguration>();
        var values = new List<PropertyValue>();
        foreach (var property in bundle.Properties)
        {
            if (bundle.Parameters.TryGetValue(property.Name, out var parameter)
                && await parameter.GetValueAsync(context.CancellationToken) is { } value)
                values.Add(new PropertyValue(property, value, PropertyValue.IsGeneratedFor(parameter, configuration)));
        }
        return new PropertyValues(Aws, environment.Application, environment.BeanstalkEnvironment, values, report.Info);
    }

    private async Task VerifyAsync(PipelineStepContext context)
    {
        var result = await _deployment!.VerifyAsync(_bundle!.Platform, context.CancellationToken);
        new StepReport(context).Info(result);
        context.Summary.Add("Elastic Beanstalk", result);
    }

    private async Task DeployBundleAsync(PipelineStepContext context)
    {
        ApplySettings();
        var (bundle, report) = (environment.Bundle is { Length: > 0 } path ? path : null, new StepReport(context));
        if (bundle is not null)
            SourceBundle.Check(bundle);
        var label = environment.Tag ?? Path.GetFileNameWithoutExtension(bundle) ?? throw new DeploymentException(
            $"set {environment.Name}:Bundle, or {environment.Name}:Tag for an existing version.");
        var deployment = new Deployment(environment, label, Aws, report.Info);
        var (platform, problems) = BundleReader.ReadPlatform(environment, context.Model, context.ExecutionContext);
        foreach (var problem in problems.Where(problem => problem.IsWarning))
            report.Warn(problem.ToString());
        report.Info(await deployment.RunAsync(bundle, platform, context.CancellationToken));
    }

    private async Task TerminateAsync(PipelineStepContext context)
    {
        ApplySettings();
        var name = environment.BeanstalkEnvironment;
        if (!context.Services.GetRequiredService<IConfiguration>().GetValue<bool>("Pipeline:SkipConfirmation"))
            throw new DeploymentException($"{name} was not terminated: confirm it with --yes.");
        await new BeanstalkClient(Aws, environment.Application, name).TerminateAsync(context.CancellationToken);
        new StepReport(context).Info($"{name} is being terminated");
    }

    /// <summary>With a setting that is wrong or ignored, the step would act on another environment than the intended one.</summary>
    private void ApplySettings()
    {
        List<Problem> problems = [.. EnvironmentSettings.Apply(environment), .. ConfigurationChecks.FindUnknownSettings(environment)];
        if (problems.Count > 0)
            throw new BundleException(problems);
    }

    /// <summary>The images that are built for the environment's registry.</summary>
    private async Task<IEnumerable<ImageReference>> BuiltImagesAsync(PipelineStepContext context)
    {
        var bundle = await ReadBundleAsync(context);
        var prefix = environment.Registry.TrimEnd('/') + "/";
        return bundle.Services.Select(service => service.Image)
            .Where(image => image.Repository.StartsWith(prefix, StringComparison.Ordinal)).Distinct();
    }

    private async Task<Bundle> ReadBundleAsync(PipelineStepContext context) =>
        (await BundleReader.ReadAsync(environment, context.Model, context.ExecutionContext, context.CancellationToken)).Bundle;
}
