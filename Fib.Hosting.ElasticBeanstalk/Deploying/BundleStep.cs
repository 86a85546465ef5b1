#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // Both are marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Hosting.ElasticBeanstalk.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Reads the app model, checks the bundle and writes it.</summary>
internal static class BundleStep
{
    /// <exception cref="BundleException">The bundle cannot be written; the message has every problem.</exception>
    public static async Task<Bundle> WriteAsync(
        ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context, StepReport report)
    {
        var (bundle, deployed, unread) = await BundleReader.ReadAsync(
            environment, context.Model, context.ExecutionContext, context.CancellationToken);
        List<Problem> problems =
            [.. unread, .. AppModelChecks.Find(environment, context.Model, deployed), .. BundleChecks.Find(bundle)];
        if (problems.Where(problem => !problem.IsWarning).ToList() is { Count: > 0 } errors)
            throw new BundleException(errors);
        foreach (var warning in problems)
            report.Warn(warning.ToString());
        var files = BundleRenderer.Render(bundle);
        var zips = await BundleWriter.WriteAsync(bundle, files, Directory(environment, context), context.CancellationToken);
        if (bundle.Services.FirstOrDefault(service => service is { BuiltImage: not null, Image.IsLocal: true }) is { } local)
        {
            report.Warn(
                $"No registry is set ({environment.Name}:Registry), so images such as {local.Image} must already be on the instance: " +
                "suitable for a rehearsal, not for Elastic Beanstalk.");
        }
        foreach (var zip in zips)
            report.Info($"Wrote {zip}");
        return bundle;
    }

    /// <summary>The output directory; with several environments, Aspire gives each its own.</summary>
    public static string Directory(ElasticBeanstalkEnvironmentResource environment, PipelineStepContext context)
    {
        var output = context.Services.GetRequiredService<IPipelineOutputService>();
        return context.Model.Resources.OfType<IComputeEnvironmentResource>().Count() > 1
            ? output.GetOutputDirectory(environment)
            : output.GetOutputDirectory();
    }
}
