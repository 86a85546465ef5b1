#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Both are marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Reads the app model, checks the bundle and writes it.</summary>
internal static class BundleStep
{
    /// <exception cref="BundleException">It cannot be written; every problem is named.</exception>
    public static async Task<Bundle> WriteAsync(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context, StepReport report)
    {
        var (bundle, problems) = await BundleReader.ReadAsync(environment, context.Model, context.ExecutionContext, context.CancellationToken);
        problems = [.. problems, .. BundleChecks.Find(bundle)];
        if (problems.Where(problem => !problem.IsWarning).ToList() is { Count: > 0 } errors)
            throw new BundleException(errors);
        foreach (var warning in problems)
            report.Warn(warning.ToString());
        var zips = await BundleWriter.WriteAsync(bundle, BundleRenderer.Render(bundle), Directory(environment, context), context.CancellationToken);
        if (bundle.Services.FirstOrDefault(service => service.Image.IsLocal) is { } local)
            report.Warn($"No registry is set ({environment.Name}:Registry), so images such as {local.Image} must be on the instance already: right for a rehearsal, not for Elastic Beanstalk.");
        foreach (var zip in zips)
            report.Say($"Wrote {zip}");
        return bundle;
    }

    /// <summary>Aspire gives each environment a folder of its own where there are several.</summary>
    public static string Directory(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var output = context.Services.GetRequiredService<IPipelineOutputService>();
        return context.Model.Resources.OfType<IComputeEnvironmentResource>().Count() > 1 ? output.GetOutputDirectory(environment) : output.GetOutputDirectory();
    }
}
