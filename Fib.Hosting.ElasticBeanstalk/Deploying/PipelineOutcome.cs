using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Makes a failed pipeline visible where no CLI shows it: exit code 1 instead of Aspire's 0, and each error once, without stack traces.</summary>
internal static class PipelineOutcome
{
    /// <summary>Categories whose entries repeat a failed step's message, with stack traces.</summary>
    private static readonly string[] Repeating = ["Aspire.Hosting.Publishing.PipelineExecutor", "Microsoft.Extensions.Hosting.Internal.Host"];

    /// <summary>Whether a CLI runs the AppHost, which shows steps and errors itself.</summary>
    public static bool IsShownByCli(IDistributedApplicationBuilder builder) => builder.Configuration["ASPIRE_BACKCHANNEL_PATH"] is { Length: > 0 };

    public static void Report(IDistributedApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ImplementationInstance is Marker))
            return;
        builder.Services.AddSingleton(new Marker());
        // The second event comes only after every step has succeeded.
        builder.Eventing.Subscribe<BeforePublishEvent>((_, _) => EndWith(1));
        builder.Eventing.Subscribe<AfterPublishEvent>((_, _) => EndWith(0));
        if (!IsShownByCli(builder))
            builder.Services.AddLogging(ShowErrorsOnce);
    }

    private static Task EndWith(int exitCode)
    {
        Environment.ExitCode = exitCode;
        return Task.CompletedTask;
    }

    private static void ShowErrorsOnce(ILoggingBuilder logging)
    {
        foreach (var category in Repeating)
            logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(category, LogLevel.None);
        logging.AddProvider(new ErrorLines(Repeating[0]));
    }

    private sealed record Marker;
}
