#pragma warning disable ASPIREPIPELINES001 // Marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>What a step says: Aspire's CLI shows it as the step's lines, and without a CLI it goes to the console.</summary>
internal sealed class StepReport(PipelineStepContext context)
{
    private readonly bool _toConsole = context.Services.GetRequiredService<IConfiguration>()["ASPIRE_BACKCHANNEL_PATH"] is not { Length: > 0 };

    public void Say(string message)
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
