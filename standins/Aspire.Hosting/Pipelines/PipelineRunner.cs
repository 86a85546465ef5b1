using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Pipelines;

/// <summary>Runs the pipeline when the application is published, then ends it; a failure is logged and makes the exit code 1.</summary>
internal sealed class PipelineRunner(
    IDistributedApplicationPipeline pipeline, DistributedApplicationModel model, DistributedApplicationExecutionContext mode, DistributedApplicationOptions options,
    IDistributedApplicationEventing eventing, IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<PipelineRunner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stoppingToken);
            var context = new PipelineContext(model, mode, services, logger, stoppingToken);
            await pipeline.ExecuteAsync(context);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stoppingToken);
            foreach (var item in context.Summary.Items)
                logger.LogInformation("{Key}: {Value}", item.Key, item.Value);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError("Pipeline execution failed: {Message}", e.Message);
            // A test reads the log and the files; the exit code would be its own runner's.
            if (!options.InTest)
                Environment.ExitCode = 1;
        }
        lifetime.StopApplication();
    }
}
