#pragma warning disable ASPIREPIPELINES001 // Marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Reports the progress of a pipeline step: through Aspire's CLI, or on the console if no CLI runs the AppHost.</summary>
internal sealed class StepReport(PipelineStepContext context)
{
    private readonly bool _toConsole =
        context.Services.GetRequiredService<IConfiguration>()["ASPIRE_BACKCHANNEL_PATH"] is not { Length: > 0 };

    public void Info(string message)
    {
        context.ReportingStep.Log(LogLevel.Information, message);
        if (_toConsole)
            Console.WriteLine(message);
    }

    public void Warn(string message)
    {
        context.ReportingStep.Log(LogLevel.Warning, message);
        if (_toConsole)
            Console.Error.WriteLine($"warning: {message}");
    }
}
